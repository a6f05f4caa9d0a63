"Notes of lectures: topics found in lectures marked by hand, terms, files that are broken, and notes that run"
import json, re, subprocess, sys
from pathlib import Path
import nbformat, pytest
from click.testing import CliRunner
from fastcourse import notes, transcript
from fastcourse.cli import main
from fastcourse.lesson import lesson
from fastcourse.settings import UserError
from fastcourse.workbook import execute

sys.path.insert(0, str(Path(__file__).parents[1]/'bench'))

