"""Every scenario starts in an empty folder of its own."""
import pathlib
import shutil
import tempfile


def before_scenario(context, scenario):
    context.folder = pathlib.Path(tempfile.mkdtemp(prefix="lodestone-acceptance-"))


def after_scenario(context, scenario):
    shutil.rmtree(context.folder, ignore_errors=True)
