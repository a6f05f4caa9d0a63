"Everything about the package is in settings.ini; this file hands it to setuptools."
from configparser import ConfigParser
from pathlib import Path
from setuptools import find_packages, setup

here = Path(__file__).parent
parser = ConfigParser(delimiters=['='], interpolation=None)
parser.read(here/'settings.ini', encoding='utf-8')
cfg = parser['DEFAULT']

setup(
    name=cfg['lib_name'], version=cfg['version'], description=cfg['description'],
    author=cfg['author'], author_email=cfg['author_email'], url=cfg['git_url'], keywords=cfg['keywords'].split(),
    license='Apache-2.0', license_files=['LICENSE'],
    classifiers=['Development Status :: 3 - Alpha', 'Intended Audience :: Education', 'Programming Language :: Python :: 3'],
    long_description=(here/'README.md').read_text(encoding='utf-8'), long_description_content_type='text/markdown',
    python_requires='>=' + cfg['min_python'],
    install_requires=cfg['requirements'].split(), extras_require={'dev': cfg['dev_requirements'].split()},
    # The notebooks live in nbs/ and travel in the wheel as fastcourse/nbs/.
    packages=[*find_packages(include=['fastcourse', 'fastcourse.*']), 'fastcourse.nbs'],
    package_dir={'fastcourse': 'fastcourse', 'fastcourse.nbs': 'nbs'},
    package_data={'fastcourse': ['weights/*', 'templates/*'], 'fastcourse.nbs': ['*.ipynb', 'studies/*.json']},
    # nbdev finds by its entry point where each symbol is documented.
    entry_points={'console_scripts': cfg['console_scripts'].split(), 'nbdev': ['fastcourse=fastcourse._modidx:d']},
    zip_safe=False)
