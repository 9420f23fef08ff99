"""An optimizer of the catalog as a setup."""

import pytest

from app.descent import Setup


def test_it_has_the_defaults_of_the_catalog_but_for_what_is_given():
    made = Setup.of("adam", "deck", beta1=0.8, batch_size=4)
    assert (made.learning_rate, made.batch_size, made.sampling) == (0.001, 4, "shuffle")
    assert made.values == {"beta1": 0.8, "beta2": 0.999, "eps": 1e-8}
    assert Setup.of("nadam").initial == {"mu_product": "1"}
    assert Setup.of("mini_batch").batch_size == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "adm"}, r"must be an optimizer, one of gd, .*; got \"adm\""),
        ({"name": "adam", "form": "torch"}, r"must be a form of adam, one of standard, .*deck.*; got \"torch\""),
        ({"name": "gd", "beta": 0.9}, r"must be a hyperparameter of gd, one of learning_rate, .*noise; got \"beta\""),
    ],
)
def test_what_it_does_not_know_is_named(given, said):
    with pytest.raises(ValueError, match=said):
        Setup.of(**given)
