"""Words by which hints are found, in each language that the product knows well."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns of one language.

    joins: what joins two things; as_one: expressions with such a word that are one thing.
    negations and excused: the same for "not"; turns: words that turn a meaning round once more.
    good, bad and middle: answers on either side and between, told apart in this order: middle,
    bad, good.
    """

    joins: re.Pattern[str]
    as_one: re.Pattern[str]
    negations: re.Pattern[str]
    excused: re.Pattern[str]
    turns: re.Pattern[str]
    jargon: re.Pattern[str]
    leading: re.Pattern[str]
    good: re.Pattern[str]
    bad: re.Pattern[str]
    middle: re.Pattern[str]


def _any(*expressions: str) -> re.Pattern[str]:
    """Return a pattern of whole words; spaces stand for any space."""
    joined = "|".join(expressions).replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)


def _of(**patterns: Sequence[str]) -> Words:
    return Words(**{name: _any(*expressions) for name, expressions in patterns.items()})


ENGLISH = _of(
    joins=["and", "as well as", "and/or", "&"],
    as_one=[
        "friends and family",
        "family and friends",
        "between [^,.?!]+? and",
        r"\d+ and \d+",
        "health and safety",
        "research and development",
        "terms and conditions",
        "pros and cons",
        "(?:more|again|over|less) and (?:more|again|over|less)",
        "now and then",
        "day and night",
        "black and white",
        "up and running",
        "give and take",
        "trial and error",
        "wait and see",
        "and so on",
    ],
    negations=[
        "not",
        r"\w+n[’']t",
        "cannot",
        "never",
        "nobody",
        "no one",
        "nothing",
        "none",
        "neither",
        "nor",
        "no",
        "hardly",
    ],
    excused=[
        "not only",
        "no matter",
        "yes or no",
        "(?:rather than|as well as) not",
        # In a relative clause, or against something: "that nobody asked for", ", not a number".
        r"(?:that|who|which) (?:\w+ )?(?:nobody|no one|never|not|cannot|\w+n[’']t)",
        r"(?:\w+ )(?:I|we|they|you) (?:did|do|does|was|were|had|could|would) not",
        r"(?:\w+ )(?:I|we|they|you) (?:did|do|does|was|were|had|could|would)n[’']t",
        r"\w+, not (?:a|an|the|just|only)",
    ],
    turns=[
        "without",
        "unless",
        "impossible",
        "(?:un|dis)(?:fair|fairly|clear|happy|able|satisfied|agree|honest|trust|usual|friendly)",
        "fail(?:s|ed)? to",
        "lack(?:s|ed)?",
        "avoid(?:s|ed)?",
    ],
    jargon=[
        "synerg(?:y|ies|istic)",
        "stakeholders?",
        "kpis?",
        "okrs?",
        "nps",
        "csat",
        "onboarding",
        "touch ?points?",
        "deliverables?",
        "bandwidth",
        "paradigm",
        "holistic(?:ally)?",
        "proactive(?:ly)?",
        "empower(?:s|ed|ment)?",
        "actionable",
        "learnings",
        "leverag(?:e|es|ed|ing)",
        "utili[sz](?:e|es|ed)",
        "best[- ]in[- ]class",
        "going forward",
        "value[- ]add(?:ed)?",
        "low[- ]hanging fruit",
        "circle back",
        "customer journey",
    ],
    leading=[
        r"(?:do|would|should|did|are|is|were|was)n[’']t (?:you|it|we|they)",
        "surely",
        "obviously",
        "of course",
        "everyone knows",
        "as you know",
        "(?:do|would) you agree that",
        "how (?:great|amazing|excellent|wonderful|fantastic|good)",
        "(?:our|the|this) (?:excellent|great|amazing|wonderful|award-winning|world-class|superb)",
        "how much did you (?:love|enjoy|like)",
    ],
    good=["agree", "satisfied", "good", "excellent", "easy", "likely", "great", "happy", "fair"],
    bad=[
        "disagree",
        r"(?:dis|un)satisfied",
        "bad",
        "poor",
        "hard",
        "difficult",
        "unlikely",
        r"un(?:happy|fair)",
        r"not (?:at all )?\w+",
        "terrible",
    ],
    middle=["neither", "neutral", "average", "okay", "so-so", "undecided", "mixed"],
)
SPANISH = _of(
    joins=["y", "e", "así como", "además de"],
    as_one=[
        "amigos y (?:la )?familia(?:res)?",
        "familia(?:res)? y amigos",
        "entre [^,.?!]+? [ye]",
        r"\d+ y \d+",
        "salud y seguridad",
        "seguridad y salud",
        "pros y contras",
        "una y otra vez",
        "más y más",
        "día y noche",
        "de vez en cuando",
        "idas y venidas",
        "recursos humanos",
    ],
    negations=["no", "nunca", "jamás", "nadie", "nada", "ning(?:ún|uno|una)", "tampoco", "ni"],
    excused=[
        "no (?:solo|sólo|obstante)",
        "sí o no",
        r"(?:que|quien) (?:nadie|nunca|no)",
        r"\w+, no (?:un|una|el|la|solo|sólo)",
    ],
    turns=[
        "sin",
        "salvo",
        "imposible",
        "in(?:justo|justa|justamente|satisfecho|satisfecha|capaz|cómodo|cómoda|útil)",
        "des(?:acuerdo|contento|contenta|confío)",
    ],
    jargon=[
        "sinergias?",
        "stakeholders?",
        "kpis?",
        "nps",
        "feedback",
        "onboarding",
        "empoderar?",
        "empoderamiento",
        "proactiv[oa]s?",
        "holístic[oa]s?",
        "puesta en valor",
        "mindset",
        "benchmark(?:ing)?",
        "engagement",
    ],
    leading=[
        "no (?:crees?|te parece|le parece|piensas?)",
        "¿?verdad",
        "por supuesto",
        "sin duda",
        "obviamente",
        "como (?:sabes?|ya sabes?)",
        "(?:está|estás) de acuerdo en que",
        "(?:excelente|maravillos[oa]|magnífic[oa]|fantástic[oa]) \\w+",
        "cuánto (?:le|te) (?:ha )?(?:gustó|gustado|encantó|encantado)",
    ],
    good=["de acuerdo", "satisfech[oa]", "buen[oa]?", "excelente", "fácil", "probable", "bien"],
    bad=[
        "(?:en )?desacuerdo",
        "insatisfech[oa]",
        "mal[oa]?",
        "difícil",
        "improbable",
        "pésim[oa]",
        r"nada \w+",
        r"poco \w+",
    ],
    middle=["ni", "neutral", "neutro", "regular", "término medio"],
)
GERMAN = _of(
    joins=["und", "sowie", "sowohl", "als auch"],
    as_one=[
        "freund(?:e|en|innen|innen)? und (?:der )?(?:familie|verwandten?|bekannten?)",
        "familie und freunden?",
        "zwischen [^,.?!]+? und",
        r"\d+ und \d+",
        r"\w+- und \w+",
        "ab und zu",
        "hin und wieder",
        "nach und nach",
        "mehr und mehr",
        "tag und nacht",
        "im großen und ganzen",
        "voll und ganz",
        "und so weiter",
        "nutzen und lasten",
    ],
    negations=["nicht", "kein(?:e|en|em|er|es)?", "nie", "niemals", "niemand(?:em|en)?", "nichts"],
    excused=[
        "nicht (?:nur|wahr)",
        "ja oder nein",
        r"(?:die|der|das|den|dem|was) (?:niemand|nie|nicht|keiner)",
        r"\w+, nicht (?:ein|eine|nur|bloß|als)",
        "finden sie nicht",
        "findest du nicht",
    ],
    turns=[
        "ohne",
        "unmöglich",
        "un(?:fair|gerecht|klar|zufrieden|fähig|ehrlich|freundlich|gern|gerne|angenehm)",
        "weder",
        "mangelt",
        "vermeide[tn]?",
    ],
    jargon=[
        "synergien?",
        "stakeholdern?",
        "kpis?",
        "nps",
        "mindset",
        "alignment",
        "onboarding",
        "proaktive?[nrs]?",
        "ganzheitliche?[nrs]?",
        "commitment",
        "committed",
        "learnings",
        "touchpoints?",
        "empowerment",
        "zielführend",
        "mehrwert",
        "customer journey",
    ],
    leading=[
        "nicht wahr",
        "sicherlich",
        "selbstverständlich",
        "natürlich auch",
        "finden sie nicht",
        "findest du nicht",
        "wie (?:sie|du) (?:ja )?(?:wissen|weißt)",
        "stimmen sie zu, dass",
        "wie (?:großartig|hervorragend|toll|gut)",
        "unser(?:e|en|em|er|es)? (?:großartig|hervorragend|toll|ausgezeichnet|exzellent)\\w*",
        "wie (?:sehr|gut) hat (?:ihnen|dir)",
    ],
    good=[
        "(?:stimme )?(?:voll |eher )?zu",
        "zufrieden",
        "gut",
        "sehr gut",
        "leicht",
        "einfach",
        "wahrscheinlich",
        "ausgezeichnet",
    ],
    bad=[
        r"(?:stimme )?(?:\w+ )?(?:nicht|gar nicht)(?: \w+)?",
        "unzufrieden",
        "schlecht",
        "schwer",
        "schwierig",
        "unwahrscheinlich",
        "mangelhaft",
    ],
    middle=["weder", "teils", "neutral", "mittel", "unentschieden", "durchschnittlich"],
)
# "and" is a letter before the next word, as many words begin by themselves.
ARABIC = _of(
    joins=[
        "و",
        r"وال(?!د\b|دة|دي|دتي|دين)\w{3,}",
        r"و[يتنأإ](?!ير|ب\b)\w{3,}",
        r"وم(?:دى|دير|ع)\w*",
        r"و(?:ب|ل)ال\w{3,}",
        "بالإضافة إلى",
        "فضلا عن",
    ],
    as_one=[
        r"بين \w+(?: \w+)? و\w+",
        "(?:الأهل|العائلة) والأصدقاء",
        "(?:الأصدقاء|أصدقائك|لأصدقائك) (?:والعائلة|وعائلتك|والأهل)",
        "الصحة والسلامة",
        "ليلا ونهارا",
        "أكثر وأكثر",
        "نعم أو لا",
    ],
    negations=["لا", "لم", "لن", "ليست?", "لست", "لسنا", "غير", "أبد[اًا]+"],
    excused=["لا يزال", "لا تزال", "لا سيما", "نعم أو لا", "ليس فقط", "أليس كذلك"],
    turns=["بدون", "دون", "إلا", "مستحيل", "يستحيل", "يتجنب", "يفشل"],
    jargon=[
        "أصحاب المصلحة",
        "مؤشرات الأداء",
        "التآزر",
        "تآزر",
        "استباقي[ةا]?",
        "شمولي[ةا]?",
        "kpi",
        "nps",
        "القيمة المضافة",
        "تمكين الموظفين",
        "رحلة العميل",
    ],
    leading=[
        "ألا (?:تعتقد|ترى|تظن|توافق)\\w*",
        "أليس كذلك",
        "بالتأكيد",
        "بالطبع",
        "طبعا",
        "كما تعلم\\w*",
        "هل توافق(?:ين)? على أن",
        r"\w+ (?:الرائع|الممتاز|المذهل)ة?",
        "كم أعجب(?:ك|تك)",
    ],
    good=["أوافق", "موافق", "راض", "راضٍ", "جيد", "ممتاز", "سهل", "مرجح"],
    bad=[r"(?:لا|غير) \w+", "سيئ", "صعب", "ضعيف", "مستاء"],
    middle=["محايد", "متوسط", "لا أوافق ولا أعارض", "بين بين"],
)
WORDS = {"en": ENGLISH, "es": SPANISH, "de": GERMAN, "ar": ARABIC}


def words_of(tag: str) -> Words | None:
    """Return the words of a language, if the product knows it well enough."""
    return WORDS.get(tag.split("-")[0].lower())
