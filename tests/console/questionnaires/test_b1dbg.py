from survey.questionnaires.differences import difference
from survey.questionnaires.selectors import get_content
from survey.questionnaires.services import *
from tests.console.questionnaires.test_sharing import _change
def test_x(six_items):
    publish_questionnaire(questionnaire_id=six_items.pk)
    new = next_version(questionnaire_id=six_items.pk)
    _change(new)
    for d in difference(get_content(questionnaire_id=six_items.pk), get_content(questionnaire_id=new.pk)): print(d)
    assert 0
