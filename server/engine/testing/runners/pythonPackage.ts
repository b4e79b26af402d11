/** Files that mark the root of a Python package. */
export const pythonRootMarks: readonly string[] = [
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'pytest.ini',
  'tox.ini',
  'requirements.txt',
];
