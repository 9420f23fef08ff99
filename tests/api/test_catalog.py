"""The catalog says all that is declared, and nothing else."""

from __future__ import annotations

import json
import re

import pytest

from app.api.response_models.entries import Catalog
from app.pages.folders import STATIC
from fallline.optimizers import OPTIMIZERS
from fallline.problems import DATASETS, LOSSES, SURFACES
from fallline.schedules import SCHEDULES
from tests.api.specs import BASE

CATALOG = f"{BASE}/catalog"
NAMED = {
    "optimizers": OPTIMIZERS, "schedules": SCHEDULES, "surfaces": SURFACES, "datasets": DATASETS, "losses": LOSSES,
}  # fmt: skip
FIELDS = {
    "optimizers": {"name", "label", "summary", "rule", "latex", "source", "forms", "params"},
    "surfaces": {"name", "label", "expression", "latex", "gradient_latex", "domain", "start", "minima", "suggested"},
    "datasets": {"name", "label", "x_label", "y_label", "points", "source"},
    "schedules": {"name", "label", "params"},
    "losses": {"name", "label"},
}


@pytest.fixture(scope="module")
def catalog(client):
    return client.get(CATALOG).json()


@pytest.mark.parametrize("kind", NAMED)
def test_it_lists_what_is_declared_in_its_order(catalog, kind):
    assert [each["name"] for each in catalog[kind]] == list(NAMED[kind])
    assert all(FIELDS[kind] <= set(each) for each in catalog[kind])


@pytest.mark.parametrize("kind", ["optimizers", "schedules"])
def test_params_are_those_of_the_declaration(catalog, kind):
    for each in catalog[kind]:
        declared = NAMED[kind][each["name"]].params
        assert [param["name"] for param in each["params"]] == list(declared)
        for param in each["params"]:
            assert param["min"] <= param["default"] <= param["max"] or param["scale"] == "log"
            assert {"name", "default", "min", "max", "scale", "help"} <= set(param)


def test_forms_begin_with_the_optimizers_own_lines(catalog):
    for each in catalog["optimizers"]:
        declared = OPTIMIZERS[each["name"]]
        names = [form["name"] for form in each["forms"]]
        assert names == (["standard", *declared.forms] if declared.forms else [])
        if each["forms"]:
            assert each["forms"][0]["rule"] == each["rule"]


def test_every_line_of_a_rule_has_its_latex(catalog):
    for each in catalog["optimizers"]:
        assert len(each["latex"]) == len(each["rule"].splitlines()) or not each["rule"]
        assert all(each["latex"])


def test_surfaces_suggest_a_rate_for_every_optimizer(catalog):
    for each in catalog["surfaces"]:
        assert set(each["suggested"]) == set(OPTIMIZERS)
        assert len(each["gradient_latex"]) == 2


def test_limits_are_the_settings(catalog, settings):
    assert catalog["limits"]["max_steps"] == settings.max_steps == 100_000
    assert catalog["limits"]["max_optimizers"] == 16
    assert catalog["limits"]["max_numbers"] == 500_000
    assert catalog["limits"]["max_formula_nodes"] == 600


def test_its_description_is_whole(catalog):
    assert Catalog.model_validate(catalog, extra="forbid").model_dump(mode="json") == catalog


def test_it_is_asked_again_each_time_and_answered_with_304(client):
    first = client.get(CATALOG)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(CATALOG, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(CATALOG).headers["etag"] == first.headers["etag"]


def test_the_brief_one_leaves_out_what_is_read_up_and_nothing_else(client, catalog):
    brief = client.get(f"{CATALOG}/brief").json()
    assert set(catalog) - set(brief) == {"networks", "samplings", "fields"}
    left_out = {"source", "summary", "differs", "intuition", "gradient_latex", "more", "table", "core", "own"}
    left_out |= {"evidence", "changed_evidence", "telling", "why", "cause", "lesson", "lesson_title", "words"}
    left_out |= {"change_guess"}
    of_rules = left_out | {"latex", "whose", "equals", "help", "allowed"}
    of_surfaces, of_datasets = left_out | {"expression", "smooth"}, left_out | {"suggested"}
    opening, *others = brief.pop("presets")
    of_a_scene = {"sentence", "question", "about", "ask", "guess", "change", "changed_sentence", "dwell", "explanation"}
    assert of_a_scene < set(opening)
    assert opening == without(left_out, catalog["presets"][0])
    assert others == without(left_out | of_a_scene, catalog["presets"][1:])
    limits = brief.pop("limits")
    assert limits.items() < catalog["limits"].items()
    page = "".join(file.read_text(encoding="utf-8") for file in (STATIC / "page").rglob("*.ts"))
    assert {name for name in catalog["limits"] if re.search(rf"\b{name}\b", page)} == set(limits)
    for name, value in brief.items():
        own = {
            "optimizers": of_rules,
            "schedules": of_rules | {"rule"},
            "surfaces": of_surfaces,
            "datasets": of_datasets,
            "losses": left_out | {"expression", "latex"},
        }
        names = own.get(name, left_out)
        assert value == without(names, catalog[name])
        assert all(f'"{each}":' not in json.dumps(value) for each in names)


def without(names, content):
    if isinstance(content, list):
        return [without(names, each) for each in content]
    if isinstance(content, dict):
        return {name: without(names, each) for name, each in content.items() if name not in names}
    return content


def test_a_loss_of_a_line_has_the_formula_over_all_points(catalog):
    of_point = r"\bigl(y - (\mathrm{slope} \cdot x + \mathrm{intercept})\bigr)^{2}"
    formulas = {loss["name"]: loss["fit_latex"] for loss in catalog["losses"]}
    assert formulas["ssr"] == rf"\textstyle\sum {of_point}"
    assert formulas["mse"] == rf"\tfrac{{1}}{{n}}\textstyle\sum {of_point}"
