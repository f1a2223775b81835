"""Words at the edges of doubtful hits."""

import pytest

from kg.words import is_torn, nouns_around


@pytest.mark.parametrize(
    ("text", "hit", "torn"),
    [
        ("进一步扩大消费", "大消费", True),
        ("加强科技赋能", "强科技", True),
        ("高新技术企业", "新技术", True),
        ("不稳定因素", "不稳", True),
        ("碳排放双控制度", "双控", False),
        ("随着四化建设的进展", "四化", False),
        ("扎实做好六稳工作", "六稳", False),
        ("推进新质生产力发展", "新质生产力", False),
        ("做好重要产品，稳预期", "稳预期", False),
    ],
)
def test_words_a_hit_that_tears_a_word_is_none(text, hit, torn):
    start = text.index(hit)
    assert is_torn(text, start, start + len(hit)) is torn


@pytest.mark.parametrize(
    ("text", "at_end", "expected"),
    [
        ("全面落实碳达峰碳中和", True, "碳达峰碳中和"),
        ("每季度开展开发区", True, "开发区"),
        ("先后五次集中举行", True, ""),
        ("", True, ""),
        ("项目管理", False, "项目管理"),
    ],
)
def test_words_nouns_beside_a_place(text, at_end, expected):
    assert "".join(nouns_around(text, at_end)) == expected
