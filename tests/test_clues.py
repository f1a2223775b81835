from kg.candidates import Lists
from kg.clues import Sought, find_clues, look_again
from kg.enumerations import find_enumerations, parts_of
from kg.lexicon import build_lexicon
from kg.model import Document
from kg.numerals import parse_numeral


def test_clues_of_one_document_know_no_other():
    docs = [Document("a", "做好“六最”。"), Document("b", "做好“六稳”“1+N”，出台消费32条，")]
    clues = [find_clues(doc) for doc in docs]
    assert [[run.text for run in each.runs] for each in clues] == [["六最"], ["六稳", "1+N"]]
    assert [span.text for span in clues[1].hollow] == ["1+N"]
    whole, apart = build_lexicon(docs, ()), build_lexicon(docs, (), clues=clues)
    assert whole == apart


def test_clues_a_second_look_counts_words_as_they_stand():
    doc = Document("d", "保护环境，保护保护区。天天天")
    assert look_again(doc, Sought(["保护", "保护区", "天天"])).times == {"保护": 3, "保护区": 1, "天天": 1}
    assert look_again(doc, Sought()).times == {}


def test_clues_the_index_of_lists_passes_none_over(seeds):
    """What is found by heads and quotation marks is what asking for every label of every enumeration finds."""
    labels = {concept.label for concept in seeds.concepts} | {"“三”化", "三个化", "三大战略", "四个体系"}
    lists = Lists(labels)
    numerals = {label: parse_numeral(label) for label in labels if parse_numeral(label).readings}
    times = 0
    for doc in seeds.documents[:3]:
        whole = [
            (label, parts)
            for enumeration in find_enumerations(doc)
            for label, numeral in numerals.items()
            if len(enumeration.items) in numeral.readings and (parts := parts_of(label, numeral, enumeration))
        ]
        found = list(lists.find(doc, find_enumerations(doc)))
        assert all(row in found for row in whole)
        times += len(whole)
    assert times


def test_clues_a_list_that_is_found_has_a_word_of_what_is_known_of_its_slogan(seeds):
    """By these words it is known which documents are looked at again for a slogan."""
    labels = {concept.label for concept in seeds.concepts} | {"一去三稳", "三新一稳"}
    sought = Sought(labels=labels)
    behind: dict[str, set[str]] = {}
    for word, value in sought.lists.facts():
        behind.setdefault(value[0] if isinstance(value, tuple) else word, set()).add(word)
    made = (
        Document("a", "推进去产能、稳就业、稳金融、稳投资。"),
        Document("b", "培育新产业、新业态、新模式、稳预期。"),
    )
    by_heads = set()
    for doc in (*seeds.documents, *made):
        seen = look_again(doc, sought)
        for label, _ in seen.lists:
            assert any(word in doc.text or word in seen.shared for word in behind[label])
            by_heads |= {label} if label not in doc.text else set()
    assert {"一去三稳", "三新一稳"} <= by_heads
