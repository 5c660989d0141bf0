"""Tables of coded events in the dialog that takes news in, run as Streamlit runs it."""

import pytest
from streamlit.testing.v1 import AppTest

SCRIPT = "from dashboard.ui.add_article import add_article_dialog\nadd_article_dialog()"
GERMAN = (
    b"When did it happen;Kind of thing;Ort;Breite;Laenge\n2021-03-05;bombing;Arden;10,5;20,25\n"
)


def offered(name, data):
    """Return the dialog with a file in it."""
    page = AppTest.from_string(SCRIPT, default_timeout=60).run()
    return page.file_uploader[0].set_value([(name, data, "text/csv")]).run()


@pytest.mark.usefixtures("own_store")
def test_a_table_whose_columns_nobody_knows_can_be_said_to_hold_events():
    page = offered("incidents.csv", GERMAN)
    said = next(box for box in page.checkbox if box.label.endswith("is a table of events"))
    assert not said.value
    said.check().run()
    assert not page.exception
    fields = {box.label: box for box in page.selectbox}
    assert fields["Date"].value == "When did it happen"
    assert {"Breite", "Laenge"} < set(fields["Latitude"].options)
    assert any(button.key == "import_all" for button in page.button)
