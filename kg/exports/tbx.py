"""The glossary as TBX-Basic, the public dialect of TermBase eXchange (ISO 30042:2019).

The style is DCA, “data category as attribute”: all elements are of the one namespace of the standard, so that a
tool that knows only the core structure reads the file too; in the other style, DCT, every module has a namespace
of its own. An entry is a concept; the status of a term is the data category administrativeStatus.
"""

from __future__ import annotations

import hashlib
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from kg.citations import citation
from kg.exports.records import Contents, Listed, Name, Relation, Term
from kg.exports.tables import check

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CHINESE, ENGLISH = "zh-Hans", "en"

#: What the program calls the status of an English name, and what TBX-Basic calls it.
STATUSES = {
    "official": "preferredTerm-admn-sts",
    "proposed": "admittedTerm-admn-sts",
    "rejected": "deprecatedTerm-admn-sts",
}
PREFERRED, ADMITTED = STATUSES["official"], STATUSES["proposed"]
CHECK, PINYIN, YEAR = "check: ", "pinyin: ", "year: "  #: what notes begin with

_VOICES = {"editor": "编者释义", "government": "政府释义", "text": "正文"}


def tbx(contents: Contents) -> bytes:
    """The glossary as a TBX file."""
    root = Element("tbx", {"type": "TBX-Basic", "style": "dca", LANG: CHINESE, "xmlns": NAMESPACE})
    description = SubElement(SubElement(root, "tbxHeader"), "fileDesc")
    _add(SubElement(description, "titleStmt"), "title", contents.title)
    sources = SubElement(description, "sourceDesc")
    for document in contents.documents:
        _add(sources, "p", citation(document))
    if not contents.documents:
        _add(sources, "p", contents.title)
    body = SubElement(SubElement(root, "text"), "body")
    titles = {document["id"]: document["title"] or document["id"] for document in contents.documents}
    labels = contents.labels()
    links: dict[str, list[Relation]] = {}
    for link in contents.relations:
        links.setdefault(link.one, []).append(link)
    for term in contents.terms:
        _entry(body, term, titles, labels, links.get(term.iri, []))
    ElementTree.indent(root)
    written = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'.encode()


def identifier(iri: str) -> str:
    """The id of an entry: XML allows no slash in it, so it is a digest of the term's IRI."""
    return "t" + hashlib.sha256(iri.encode()).hexdigest()[:16]


def _entry(
    body: Element, term: Term, titles: dict[str, str], labels: dict[str, str], links: list[Relation]
) -> None:
    entry = SubElement(body, "conceptEntry", {"id": identifier(term.iri)})
    if term.subjects:
        _add(entry, "descrip", "、".join(term.subjects), type="subjectField")
    for link in links:
        target = identifier(link.other)
        _add(entry, "ref", f"{link.type}: {labels[link.other]}", type="crossReference", target=target)
    if term.iri.startswith(("http://", "https://")):
        _add(entry, "xref", term.label, type="externalCrossReference", target=term.iri)
    _add(entry, "note", CHECK + check(term))
    chinese = SubElement(entry, "langSec", {LANG: CHINESE})
    told = list(term.definitions)
    if term.definition and all(each.text != term.definition for each in told):
        _definition(chinese, f"{term.iri} definition", term.definition, "")
    for each in sorted(told, key=lambda each: each.text != term.definition):
        _definition(chinese, each.iri, each.text, _source(each, titles))
    main = _term(chinese, term.label, PREFERRED)
    if term.pinyin:
        _add(main, "note", PINYIN + term.pinyin)
    for alias in term.aliases:
        _term(chinese, alias, ADMITTED)
    if term.names:
        english = SubElement(entry, "langSec", {LANG: ENGLISH})
        for name in term.names:
            _name(english, name)


def _definition(parent: Element, iri: str, text: str, source: str) -> None:
    name = "d" + hashlib.sha256(iri.encode()).hexdigest()[:16]
    group = SubElement(parent, "descripGrp", {"id": name})
    _add(group, "descrip", text, type="definition")
    if source:
        _add(group, "admin", source, type="source")


def _source(told: Listed, titles: dict[str, str]) -> str:
    voice = _VOICES.get(told.voice, told.voice)
    return titles.get(told.document, told.document) + (f"（{voice}）" if voice else "")


def _term(parent: Element, text: str, status: str) -> Element:
    section = SubElement(parent, "termSec")
    _add(section, "term", text)
    if status:
        _add(section, "termNote", status, type="administrativeStatus")
    return section


def _name(parent: Element, name: Name) -> None:
    section = _term(parent, name.text, STATUSES.get(name.status, ""))
    if name.source:
        _add(section, "admin", name.source, type="source")
    if name.year is not None:
        _add(section, "note", f"{YEAR}{name.year}")


def _add(parent: Element, name: str, text: str, **attributes: str) -> Element:
    made = SubElement(parent, name, attributes)
    made.text = text
    return made
