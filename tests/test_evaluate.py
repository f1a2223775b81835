import json

import pytest

from kg.evaluate import Score, evaluate
from kg.model import KgError

GOLD = [
    {"id": 1, "box": 1, "headword": "六稳", "slogan": "六稳", "variants": ["“六稳”工作"], "components": ["稳就业", "稳金融"],
     "component_accept": {"稳金融": ["稳住金融"]}, "component_status": "exact", "numeral_agrees": True, "debatable": False},
    {"id": 2, "box": 1, "headword": "六稳任务", "slogan": "六稳", "variants": [], "components": [], "component_status": "none",
     "numeral_agrees": None, "debatable": True},
]  # fmt: skip


def entry(headword, components=(), box=1, agrees=None):
    return {
        "headword": headword,
        "box": box,
        "components": [{"text": c} for c in components],
        "agrees": agrees,
    }


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(GOLD), encoding="utf-8")
    return path


def named(result):
    return {score.name: (score.right, score.given, score.wanted) for score in result.scores}


def test_evaluate_right_answers(gold):
    result = evaluate(
        gold, [entry("“六稳” 工作", ["稳 就业", "稳住金融"], agrees=True), entry("“六稳”任务")], []
    )
    assert named(result) == {
        "headwords": (2, 2, 2),
        "components": (2, 2, 2),
        "all components exact": (1, 1, 1),
        "headwords without the debatable": (1, 1, 1),
        "components without the debatable": (2, 2, 2),
        "all components exact without the debatable": (1, 1, 1),
        "numeral verdicts": (2, 2, 2),
    }
    assert (result.missed, result.spurious, result.different) == ((), (), ())


def test_evaluate_tells_gains_and_losses(gold):
    result = evaluate(
        gold, [entry("六稳", ["稳就业", "稳预期"], agrees=False), entry("六保", ["保就业"])], []
    )
    assert named(result)["headwords"] == (1, 2, 2)
    assert named(result)["components"] == (1, 3, 2)
    assert (result.missed, result.spurious) == (("六稳任务",), ("六保",))
    assert result.different == (
        "六稳: missing 稳金融; surplus 稳预期",
        "六稳: agrees is False, annotated True",
    )


def test_evaluate_wants_the_right_box(gold):
    assert named(evaluate(gold, [entry("六稳", box=2)], []))["headwords"] == (0, 1, 2)


def test_evaluate_counts_of_mentions(tmp_path):
    path = tmp_path / "mentions.json"
    path.write_text(
        json.dumps({"mentions": [{"term": "六稳", "true_mentions": {"a": 2, "b": 0}}]}), encoding="utf-8"
    )
    said = [
        {"term": "六稳", "doc": doc, "kind": kind}
        for doc, kind in (("a", "core"), ("a", "part"), ("b", "core"))
    ]
    result = evaluate(path, [], said)
    assert named(result) == {"mentions": (1, 2, 2), "counts exact": (0, 2, 2)}
    assert result.different == ("六稳 in a: 1, annotated 2", "六稳 in b: 1, annotated 0")


def test_evaluate_measures():
    score = Score("x", 1, 2, 4)
    assert (score.precision, score.recall, round(score.f1, 3)) == (0.5, 0.25, 0.333)
    assert Score("x", 0, 0, 0).f1 == 0.0


@pytest.mark.parametrize(
    ("text", "message"), [("{", "not JSON"), ("[1]", "not a gold file"), ("{}", "not a gold file")]
)
def test_evaluate_says_what_a_gold_file_is(tmp_path, text, message):
    path = tmp_path / "gold.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=message):
        evaluate(path, [], [])
    with pytest.raises(KgError, match="cannot be read"):
        evaluate(tmp_path / "gone.json", [], [])
