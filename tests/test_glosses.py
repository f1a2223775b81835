"""What another slogan's definition explains is no candidate."""

import pytest

from kg.documents import Source
from kg.model import Document
from kg.pipeline import analyse

BOX = "\n知识小贴士\n"
CENTRES = "“6”，即建设临床医学、诊疗服务、急救体系、国际医疗、医疗技术、管理评价“六大中心”。"
SIX = f"“136”工程：“1”，即以提升水平为主线；“3”，即建设重点专科、重点实验室和重点团队；{CENTRES}"
RULES = "“三化三制”改革：管理团队专业化、市场化、国际化，领导班子任期制、全员岗位聘任制、绩效工资制。"


@pytest.mark.parametrize(
    ("text", "term", "candidate"),
    [
        (f"推进。{BOX}{SIX}", "六大中心", False),
        (f"建设“六大中心”。{BOX}{SIX}", "六大中心", True),
        (f"完成“三制”改革。{BOX}{RULES}", "三制", False),
        (f"完成“三制”改革，践行“三制”理念。{BOX}{RULES}", "三制", True),
        ("做好“六最”工作。", "六最", True),
    ],
)
def test_glosses_explain_what_stands_only_where_a_definition_explains_it(text, term, candidate):
    corpus = analyse(Source("", (Document("d", text, year=2021),), ()))
    assert [concept.candidate for concept in corpus.concepts if concept.label == term] == [candidate]
