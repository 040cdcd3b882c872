/* Starts the program: loads the Python beside it and runs one module. Built twice, with and without a console. */
#ifndef UNICODE
#define UNICODE
#endif
#ifndef _UNICODE
#define _UNICODE
#endif
#include <windows.h>
#include <shellapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define ROOM 32768

typedef int (*main_function)(int, wchar_t **);

static wchar_t here[ROOM];

static int incomplete(const wchar_t *file)
{
    static wchar_t text[ROOM + 200];
    _snwprintf(text, ROOM + 199,
               L"程序文件不完整或被杀毒软件隔离，没有启动，数据没有变化。\n\n缺少：%ls\n\n请重新运行安装程序；若再次出现，请在杀毒软件里恢复这个文件。", file);
#ifdef CONSOLE
    {
        DWORD written;
        HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
        if (!WriteConsoleW(out, text, (DWORD)wcslen(text), &written, NULL)) {
            static char bytes[4 * ROOM];
            int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
            if (length > 1) WriteFile(out, bytes, (DWORD)length - 1, &written, NULL);
        }
    }
#else
    MessageBoxW(NULL, text, L"安监桌面", MB_ICONERROR | MB_OK);
#endif
    return 71;
}

static HMODULE load(const wchar_t *name)
{
    static wchar_t path[ROOM + 100];
    _snwprintf(path, ROOM + 99, L"%ls\\runtime\\%ls", here, name);
    return LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
}

static int start(void)
{
    /* Our own C++ runtime first: an older one of the system would otherwise serve Qt and bring it down. */
    static const wchar_t *first[] = {L"vcruntime140.dll", L"vcruntime140_1.dll", L"msvcp140.dll", L"msvcp140_1.dll", L"msvcp140_2.dll"};
    static wchar_t folder[ROOM + 100];
    wchar_t *cut, **given, **arguments;
    HMODULE python;
    main_function run;
    int count, n = 0;
    size_t i;

    if (GetModuleFileNameW(NULL, here, ROOM) >= ROOM - 1) return incomplete(L"runtime");
    cut = wcsrchr(here, L'\\');
    if (cut) *cut = 0;
    /* No library is ever taken from the current folder, which may be a USB stick. */
    _snwprintf(folder, ROOM + 99, L"%ls\\runtime", here);
    SetDllDirectoryW(folder);
    for (i = 0; i < sizeof first / sizeof *first; i++)
        if (!load(first[i])) return incomplete(first[i]);
    python = load(PYTHON_DLL);
    run = python ? (main_function)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (!run) return incomplete(PYTHON_DLL);

#ifndef PLAIN
    /* Held until the program ends: by this the setup program knows that it runs. */
    CreateMutexW(NULL, FALSE, L"AnjianDesktop.Running");
#endif

    given = CommandLineToArgvW(GetCommandLineW(), &count);
    arguments = given ? (wchar_t **)calloc((size_t)count + 8, sizeof *arguments) : NULL;
    if (!arguments) return 71;
    arguments[n++] = given[0];
    arguments[n++] = L"-B"; /* the program's folder stays as it was installed */
    arguments[n++] = L"-X";
    arguments[n++] = L"utf8";
#ifndef PLAIN /* defined for the bare interpreter of the tests only, which is never shipped */
    arguments[n++] = L"-m";
    arguments[n++] = MODULE;
#endif
    for (i = 1; i < (size_t)count; i++) arguments[n++] = given[i];
    return run(n, arguments);
}

#ifdef CONSOLE
int wmain(void) { return start(); }
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, LPWSTR line, int show) { return start(); }
#endif
