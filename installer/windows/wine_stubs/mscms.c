/* Only for tests under Wine 8, whose colour management lacks a function Qt asks for. Never shipped. No profiles here. */
#include <windows.h>
#define NONE(result) { SetLastError(ERROR_FILE_NOT_FOUND); return result; }
__declspec(dllexport) HANDLE WINAPI OpenColorProfileW(void *profile, DWORD access, DWORD share, DWORD creation) NONE(NULL)
__declspec(dllexport) BOOL WINAPI CloseColorProfile(HANDLE profile) { return TRUE; }
__declspec(dllexport) BOOL WINAPI GetColorProfileFromHandle(HANDLE profile, BYTE *bytes, DWORD *length) NONE(FALSE)
__declspec(dllexport) HANDLE WINAPI WcsCreateIccProfile(HANDLE profile, DWORD options) NONE(NULL)
