@echo off
rem run.cmd                   the window                  run.cmd demo [...]   the sample town, start to end
rem run.cmd anjian ...        the command line            run.cmd test [...]   style, types, imports, tests
rem run.cmd screenshots [...] pictures of every page
rem Makes .venv from requirements.lock first; Python 3.11 to 3.13 must be there.
setlocal
chcp 65001 >nul
set "HOME_DIR=%~dp0"
set "PY=%HOME_DIR%.venv\Scripts\python.exe"
set "STAMP=%HOME_DIR%.venv\requirements.made"

fc /b "%HOME_DIR%requirements.lock" "%STAMP%" >nul 2>nul && goto ready
call :find_python || exit /b 1
echo making .venv ... 1>&2
%BASE% -m venv "%HOME_DIR%.venv" || exit /b 1
"%PY%" -m pip install -q --disable-pip-version-check --require-hashes --only-binary=:all: -r "%HOME_DIR%requirements.lock" || exit /b 1
copy /y "%HOME_DIR%requirements.lock" "%STAMP%" >nul

:ready
set "PYTHONUTF8=1"
set "PYTHONPATH=%HOME_DIR%;%PYTHONPATH%"
set "WHAT=%~1"
set "REST="
rem Not shift and %1: cmd would cut FIELD=VALUE in two.
for /f "tokens=1,*" %%A in ("%*") do set REST= %%B

if "%WHAT%"=="" ("%PY%" -P -m ui.app & goto end)
if "%WHAT%"=="demo" ("%PY%" -P -m anjian_desktop demo%REST% & goto end)
if "%WHAT%"=="anjian" ("%PY%" -P -m anjian_desktop%REST% & goto end)
if "%WHAT%"=="screenshots" ("%PY%" -P -m ui.screenshots%REST% & goto end)
if "%WHAT%"=="test" goto test
echo usage: run.cmd [demo^|test^|anjian^|screenshots] [...] 1>&2
exit /b 2
:end
exit /b %ERRORLEVEL%

:test
cd /d "%HOME_DIR%"
set "FAILED="
"%PY%" -m ruff check . || set "FAILED=%FAILED% ruff"
"%PY%" -m mypy || set "FAILED=%FAILED% mypy"
"%PY%" -m pytest%REST% || set "FAILED=%FAILED% pytest"
if not "%FAILED%"=="" (echo failed:%FAILED% 1>&2 & exit /b 1)
exit /b 0

:find_python
for %%P in ("py -3.13" "py -3.12" "py -3.11" "python") do (
  %%~P -c "import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))" >nul 2>nul && (set "BASE=%%~P" & exit /b 0)
)
echo Python 3.11, 3.12 or 3.13 is needed. Type: winget install Python.Python.3.12 1>&2
exit /b 1
