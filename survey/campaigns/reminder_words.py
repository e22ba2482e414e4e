"""What reminders say where nobody has written other words, in every language we have."""

from dataclasses import dataclass

from survey.letters.words import primary_tag

WHY_REMINDED = {
    "en": "You get this because your link has not been used yet: a program that looks at links, "
    "not at answers, knows that. Neither I nor your manager see whose links were used.",
    "de": "Sie erhalten dies, weil Ihr Link noch nicht benutzt wurde: Das weiß ein Programm, das "
    "auf Links schaut, nicht auf Antworten. Weder ich noch Ihre Führungskraft sehen, wessen Links "
    "benutzt wurden.",
    "fr": "Vous recevez ceci parce que votre lien n’a pas encore été utilisé : un programme qui "
    "regarde les liens, et non les réponses, le sait. Ni moi ni votre responsable ne voyons quels "
    "liens ont été utilisés.",
    "es": "Recibe esto porque su enlace aún no se ha usado: lo sabe un programa que mira los "
    "enlaces, no las respuestas. Ni yo ni su responsable vemos qué enlaces se han usado.",
    "nl": "U krijgt dit omdat uw link nog niet is gebruikt: dat weet een programma dat naar links "
    "kijkt, niet naar antwoorden. Noch ik noch uw leidinggevende ziet wiens links zijn gebruikt.",
    "it": "Riceve questo messaggio perché il suo link non è ancora stato usato: lo sa un programma "
    "che guarda i link, non le risposte. Né io né il suo responsabile vediamo quali link sono "
    "stati usati.",
    "pt": "Recebe isto porque a sua ligação ainda não foi usada: sabe-o um programa que olha para "
    "as ligações, não para as respostas. Nem eu nem a sua chefia vemos que ligações foram usadas.",
    "pl": "Ten list przychodzi, ponieważ link nie został jeszcze użyty: wie to program, który "
    "sprawdza linki, a nie odpowiedzi. Ani ja, ani przełożeni nie widzimy, czyje linki zostały "
    "użyte.",
    "ar": "وصلتكم هذه الرسالة لأن رابطكم لم يُستخدم بعد: يعلم ذلك برنامج ينظر إلى الروابط لا إلى "
    "الإجابات. لا أنا ولا مديركم نرى روابط مَن استُخدمت.",
}


@dataclass(frozen=True, slots=True)
class ReminderWords:
    """What a reminder says beside greeting, link and signature: other words than the letter's."""

    subject: str
    body: str


DEFAULT_WORDS = {
    "en": (
        ReminderWords(
            "A second note about my questions",
            "Some days ago I asked you a few questions. Your link has not been used yet, and it "
            "still works.\n\nIf you would rather not answer, that is fine too.",
        ),
        ReminderWords(
            "My questions are open a little longer",
            "This is the last time I write about these questions. The link below is still yours "
            "until they close.\n\nWhether you use it is up to you.",
        ),
    ),
    "de": (
        ReminderWords(
            "Noch einmal zu meinen Fragen",
            "Vor einigen Tagen habe ich Ihnen ein paar Fragen geschickt. Ihr Link wurde noch nicht "
            "benutzt, und er gilt weiterhin.\n\nWenn Sie lieber nicht antworten, ist das auch in "
            "Ordnung.",
        ),
        ReminderWords(
            "Meine Fragen sind noch etwas offen",
            "Zu diesen Fragen schreibe ich Ihnen heute zum letzten Mal. Der Link unten gehört "
            "Ihnen, bis sie schließen.\n\nOb Sie ihn nutzen, entscheiden Sie.",
        ),
    ),
    "fr": (
        ReminderWords(
            "Encore un mot au sujet de mes questions",
            "Il y a quelques jours, je vous ai posé quelques questions. Votre lien n’a pas encore "
            "été utilisé, et il reste valable.\n\nSi vous préférez ne pas répondre, c’est très "
            "bien aussi.",
        ),
        ReminderWords(
            "Mes questions restent ouvertes encore un peu",
            "C’est la dernière fois que je vous écris à ce sujet. Le lien ci-dessous reste le "
            "vôtre jusqu’à la clôture.\n\nÀ vous de décider si vous l’utilisez.",
        ),
    ),
    "es": (
        ReminderWords(
            "Unas líneas más sobre mis preguntas",
            "Hace unos días le hice unas preguntas. Su enlace aún no se ha usado y sigue "
            "funcionando.\n\nSi prefiere dejarlo, también está bien.",
        ),
        ReminderWords(
            "Mis preguntas siguen abiertas un poco más",
            "Es la última vez que le escribo sobre estas preguntas. El enlace de abajo es suyo "
            "hasta que se cierren.\n\nUsarlo o no es decisión suya.",
        ),
    ),
    "nl": (
        ReminderWords(
            "Nog even over mijn vragen",
            "Een paar dagen geleden stelde ik u enkele vragen. Uw link is nog niet gebruikt en "
            "werkt nog steeds.\n\nWilt u liever niet antwoorden, dan is dat ook goed.",
        ),
        ReminderWords(
            "Mijn vragen staan nog even open",
            "Dit is de laatste keer dat ik over deze vragen schrijf. De link hieronder blijft van "
            "u tot ze sluiten.\n\nOf u hem gebruikt, bepaalt u zelf.",
        ),
    ),
    "it": (
        ReminderWords(
            "Ancora due righe sulle mie domande",
            "Qualche giorno fa le ho fatto alcune domande. Il suo link non è ancora stato usato ed "
            "è sempre valido.\n\nSe preferisce non rispondere, va bene lo stesso.",
        ),
        ReminderWords(
            "Le mie domande restano aperte ancora un po’",
            "È l’ultima volta che le scrivo di queste domande. Il link qui sotto resta suo fino "
            "alla chiusura.\n\nUsarlo o no dipende da lei.",
        ),
    ),
    "pt": (
        ReminderWords(
            "Mais uma palavra sobre as minhas perguntas",
            "Há alguns dias fiz-lhe algumas perguntas. A sua ligação ainda não foi usada e "
            "continua válida.\n\nSe preferir não responder, também está bem.",
        ),
        ReminderWords(
            "As minhas perguntas ficam abertas mais um pouco",
            "É a última vez que lhe escrevo sobre estas perguntas. A ligação abaixo é sua até que "
            "fechem.\n\nUsá-la ou não é consigo.",
        ),
    ),
    "pl": (
        ReminderWords(
            "Jeszcze raz w sprawie moich pytań",
            "Kilka dni temu otrzymali Państwo ode mnie kilka pytań. Ten link nie został jeszcze "
            "użyty i nadal działa.\n\nJeśli wolą Państwo nie odpowiadać, to też w porządku.",
        ),
        ReminderWords(
            "Moje pytania są jeszcze otwarte",
            "Piszę w tej sprawie po raz ostatni. Poniższy link działa aż do "
            "zamknięcia.\n\nSkorzystanie z niego zależy od Państwa.",
        ),
    ),
    "ar": (
        ReminderWords(
            "كلمة ثانية عن أسئلتي",
            "قبل أيام طرحت عليكم بعض الأسئلة. لم يُستخدم رابطكم بعد، وهو ما زال يعمل.\n\nإن كنتم "
            "تفضّلون عدم الإجابة فلا بأس بذلك أيضًا.",
        ),
        ReminderWords(
            "أسئلتي مفتوحة قليلًا بعد",
            "هذه آخر مرة أكتب فيها عن هذه الأسئلة. يبقى الرابط أدناه لكم حتى تُغلق.\n\n"
            "استخدامه أو عدمه متروك لكم.",
        ),
    ),
}


def default_words(*, language: str, number: int) -> ReminderWords:
    """Return what a wave's first or second reminder says where nobody wrote other words.

    Where we have none in a language, they are in English.
    """
    return DEFAULT_WORDS.get(primary_tag(language), DEFAULT_WORDS["en"])[number - 1]


def why_reminded(*, language: str) -> str:
    """Return how the system knows whom to remind, and who does not see it."""
    return WHY_REMINDED.get(primary_tag(language), WHY_REMINDED["en"])
