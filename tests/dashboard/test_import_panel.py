"""Tables of coded events in the dialog that takes news in, run as Streamlit runs it."""

import pytest
from streamlit.testing.v1 import AppTest

SCRIPT = "from dashboard.ui.add_article import add_article_dialog\nadd_article_dialog()"
GERMAN = (
    b"When did it happen;Kind of thing;Ort;Breite;Laenge\n2021-03-05;bombing;Arden;10,5;20,25\n"
)


@pytest.fixture
def offered(own_store):
    """Give what returns the dialog with a file in it."""
    pages = []

    def offer(name, data):
        page = AppTest.from_string(SCRIPT, default_timeout=60).run()
        pages.append(page)
        return page.file_uploader[0].set_value([(name, data, "text/csv")]).run()

    yield offer
    for page in pages:
        for folder in page.session_state["import_files"].values():
            folder.cleanup()


def test_a_table_whose_columns_nobody_knows_can_be_said_to_hold_events(offered):
    page = offered("incidents.csv", GERMAN)
    said = next(box for box in page.checkbox if box.label.endswith("is a table of events"))
    assert not said.value
    said.check().run()
    assert not page.exception
    fields = {box.label: box for box in page.selectbox}
    assert fields["Date"].value == "When did it happen"
    assert {"Breite", "Laenge"} < set(fields["Latitude"].options)
    assert any(button.key == "import_all" for button in page.button)


def test_an_import_of_which_nothing_came_in_is_no_success_and_says_what_to_do(offered):
    page = offered("far.csv", b"date;type;lat;lon\n2021-03-05;stunt;10.5;20.25\n")
    assert next(e for e in page.expander if e.label == "Which column says what").proto.expanded
    page.button(key="import_all").click().run()
    assert not page.exception
    assert not page.success
    (said,) = page.error
    assert "1 bad row left out" in said.value
    assert "which type" in said.value
