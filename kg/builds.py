"""A build, for programs and notebooks: terms by name, mentions, queries as plain rows.

It says nothing of its own: each answer is one of `lookup`, `cards`, `views`, `overviews` or `queries`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, SupportsIndex, overload

from pyoxigraph import Store

from kg import cards, overviews, views
from kg.errors import KgError
from kg.lookup import LABELS, find_terms, require_terms
from kg.queries import ask
from kg.store import Graph, Table, as_plain, open_store, query, select

if TYPE_CHECKING:
    import pandas

    from kg.editions import Edition
    from kg.lineages import Lineage
    from kg.summary import Built
    from kg.wordings import Wording

Row = dict[str, Any]


class Rows(list[Row]):
    """Rows of a table, each a dict of plain values; in a notebook they are shown as one."""

    def __init__(self, rows: Iterable[Mapping[str, Any]], columns: Sequence[str] = ()) -> None:
        super().__init__(dict(row) for row in rows)
        self.columns = tuple(columns or (self[0] if self else ()))

    def to_frame(self) -> pandas.DataFrame:
        """The rows as a pandas data frame. Raises `KgError` where pandas is not installed."""
        try:
            import pandas
        except ImportError:
            raise KgError("a data frame needs pandas, which is not installed: pip install pandas") from None
        return pandas.DataFrame(list(self), columns=list(self.columns))

    @overload
    def __getitem__(self, place: SupportsIndex) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Rows: ...
    def __getitem__(self, place: SupportsIndex | slice) -> Row | Rows:
        if isinstance(place, slice):
            return Rows(super().__getitem__(place), self.columns)
        return super().__getitem__(place)

    def _repr_html_(self) -> str:
        from kg.notebook import rows_html

        return rows_html(self.columns, self)


class Term:
    """A term of a build. Its card is read when something of it is first asked for."""

    def __init__(self, store: Store, iri: str, label: str) -> None:
        self.iri = iri
        self.label = label
        self._store = store

    @cached_property
    def card(self) -> cards.Card:
        """All that the graph says of the term."""
        return cards.card(self._store, self.iri)

    @property
    def definitions(self) -> tuple[cards.Definition, ...]:
        """Its definitions with source, voice and components; the oldest first."""
        return self.card.definitions

    @property
    def components(self) -> tuple[str, ...]:
        """What it counts: as its newest definition with a list has it, else as a running text lists it."""
        for definition in reversed(self.definitions):
            if definition.groups:
                return tuple(part.text for group in definition.groups for part in group.parts)
        return tuple(part.text for part in self.card.listing)

    @property
    def years(self) -> tuple[cards.Year, ...]:
        """The years in which it appears, with how often the full texts mention it."""
        return self.card.years

    @property
    def relations(self) -> tuple[cards.Link, ...]:
        """Its links to other terms, with what was added and dropped."""
        return self.card.links

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Term) and other.iri == self.iri

    def __hash__(self) -> int:
        return hash(self.iri)

    def __repr__(self) -> str:
        return f"<Term {self.label}>"

    def _repr_html_(self) -> str:
        from kg.notebook import card_html

        return card_html(self.card)


class Build:
    """A build: what `kg build` left in a folder."""

    def __init__(self, output: str | Path = "output", made: Built | None = None) -> None:
        """Raises `KgError` where there is no build in `output`, or where it is damaged."""
        self.output = Path(output)
        self.store = open_store(self.output)  #: read-only, for those who want pyoxigraph itself
        self.made = made  #: what the build found, with its notes, where it was made just now

    def term(self, name: str) -> Term:
        """The term of that name, as it comes: 六稳, “六稳”, liu wen.

        Raises `KgError` where there is none, with what is near, and where there are several, with their labels.
        """
        found = self.find(name)
        one = found if len(found) == 1 else [term for term in found if term.label == name]
        if len(one) == 1:
            return one[0]
        labels = " or ".join(term.label for term in found)
        raise KgError(f"{name!r} names {len(found)} terms: ask for {labels}, or for all of them with find")

    def find(self, name: str) -> list[Term]:
        """All terms of that name: of 两山 each sense, of 六稳六保 both. Raises `KgError` where there is none."""
        return [Term(self.store, found.iri, found.label) for found in require_terms(self.store, name)]

    def terms(self) -> Iterator[Term]:
        """Every term, by its label."""
        rows = (row for row in select(self.store, LABELS) if row["kind"] == "preferred")
        for row in sorted(rows, key=lambda row: (row["label"], row["term"])):
            yield Term(self.store, row["term"], row["label"])

    def entries(self) -> Rows:
        """Every definition with its components, numeral, dates and offsets."""
        return Rows(views.entries(self.store))

    def mentions(self, name: str | None = None) -> Rows:
        """Every mention of a term, or of all terms, with its place. Raises `KgError` where there is no such term."""
        return Rows(views.mentions(self.store, name))

    def relations(self) -> Rows:
        """How terms follow, shorten or vary one another, each link with its evidence."""
        return Rows(overviews.relations(self.store))

    def undefined(self) -> Rows:
        """What the documents use and never explain, most used first."""
        return Rows(overviews.undefined(self.store))

    def lineage(self, formula: str, issuer: str | None = None) -> Lineage:
        """One formula, any words, through the years of an issuer: by default of the one with the longest series.

        Raises `KgError` where no issuer is of that name.
        """
        from kg.lineages import lineage

        return lineage(self.store, self.output / "text", formula, issuer)

    def wording(
        self,
        old: str | int | Path | None = None,
        new: str | int | Path | None = None,
        issuer: str | None = None,
    ) -> Wording:
        """Two full reports of one issuer side by side, by years, ids or files: one alone, by default the newest, and the one before it.

        Its `changes` are the foremost first, its `pairs` all sentences as they are aligned. Raises `KgError` where a report
        is not there, is a digest, or could be several.
        """
        from kg.wordings import wording

        old, new = (str(name) if isinstance(name, Path) else name for name in (old, new))
        return wording(self.store, self.output, old, new, issuer)

    def annotate(
        self, report: str | Path, *, terms: str = "all", longest: int | None = None, stripped: bool = False
    ) -> Edition:
        """The annotated edition of a report: a document of the build (id, title or year) or a file.

        `terms` are "all", "new" (this year, where that is proven) or "undefined"; `longest` is how many characters of a
        definition are told. `kg.exports.annotated.render` writes it. Raises `KgError` where there is no such report.
        """
        from kg import editions

        if terms not in list(editions.Terms):
            raise KgError(f"terms are {', '.join(editions.Terms)}, and not {terms!r}")
        return editions.annotate(
            self.store,
            self.output,
            str(report),
            terms=editions.Terms(terms),
            longest=longest,
            stripped=stripped,
        )

    def query(self, question: str, *values: str | int, **named: str | int) -> Rows:
        """The answer of a named query, such as `query("components", "六稳")`, or of SPARQL, as rows.

        ASK gives one row, `answer`; CONSTRUCT and DESCRIBE give a row for each triple. Raises `KgError` where the query
        is not known or malformed, where a parameter is missing, and where nothing was found for a term that is not there.
        """
        if "{" not in question:
            result = ask(self.store, question, values, named)
        elif values or named:
            raise KgError("only a named query takes parameters: write the values into the SPARQL")
        else:
            result = query(self.store, question)
        if isinstance(result, bool):
            return Rows([{"answer": result}])
        if isinstance(result, Graph):
            triples = tuple((each.subject, each.predicate, each.object) for each in result.triples)
            result = Table(("subject", "predicate", "object"), triples)
        rows = (dict(zip(result.columns, row, strict=True)) for row in as_plain(result))
        return Rows(rows, result.columns)

    def __getitem__(self, name: str) -> Term:
        return self.term(name)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(find_terms(self.store, name))

    def __iter__(self) -> Iterator[Term]:
        return self.terms()

    def __repr__(self) -> str:
        return f"<Build {self.output}>"
