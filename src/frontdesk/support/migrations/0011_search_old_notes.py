"""Lets search know the notes that were written before it did."""

from django.db import migrations

from frontdesk.support.search import note_vector


def fill(apps, schema_editor):
    """Write the words of each note; nothing is undone, the column goes with the one before."""
    notes = apps.get_model("support", "Note").objects
    unknown = notes.filter(words=None).values_list("id", "provider_id", "text")
    for pk, provider_id, text in unknown.iterator():
        notes.filter(pk=pk).update(words=note_vector(text, provider_id=provider_id))


class Migration(migrations.Migration):
    """Data alone, apart from the columns."""

    dependencies = [("support", "0010_words_of_notes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
