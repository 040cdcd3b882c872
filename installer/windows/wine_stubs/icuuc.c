/* Only for tests under Wine 8, which lacks Windows' own ICU. Never shipped. Every converter is "not supported". */
typedef int status;
#define STUB(name) __declspec(dllexport) void *name(void) { return 0; }
__declspec(dllexport) void *ucnv_open(const char *name, status *error)
{
    if (error) *error = 16; /* U_UNSUPPORTED_ERROR */
    return 0;
}
STUB(ucnv_close) STUB(ucnv_reset) STUB(ucnv_getMaxCharSize) STUB(ucnv_getName) STUB(ucnv_getStandardName)
STUB(ucnv_getToUCallBack) STUB(ucnv_getFromUCallBack) STUB(ucnv_setToUCallBack) STUB(ucnv_setFromUCallBack)
STUB(ucnv_cbToUWriteUChars) STUB(ucnv_cbFromUWriteUChars) STUB(ucnv_toUnicode) STUB(ucnv_fromUnicode)
STUB(ucnv_toUCountPending) STUB(ucnv_fromUCountPending) STUB(ucnv_getAvailableName) STUB(ucnv_countAvailable)
STUB(UCNV_FROM_U_CALLBACK_SUBSTITUTE) STUB(UCNV_TO_U_CALLBACK_SUBSTITUTE)
