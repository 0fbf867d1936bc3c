/* In place of the icuuc.dll that Windows has since 10 1703 and Wine 8 has not.
 *
 * Only for freezing and trying under Wine; it is never handed out. Qt asks ICU for character sets that it does not know
 * itself; here ICU knows none, so every converter is refused.
 */
#define EXPORT __declspec(dllexport)
#define UNSUPPORTED 16 /* U_UNSUPPORTED_ERROR */

static void *refused(int *error)
{
    if (error)
        *error = UNSUPPORTED;
    return 0;
}

EXPORT void *ucnv_open(const char *name, int *error) { (void)name; return refused(error); }
EXPORT const char *ucnv_getName(const void *converter, int *error) { (void)converter; return refused(error); }
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{
    (void)name;
    (void)standard;
    return refused(error);
}

EXPORT const char *ucnv_getAvailableName(int number) { (void)number; return 0; }
EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT signed char ucnv_getMaxCharSize(const void *converter) { (void)converter; return 4; }
EXPORT int ucnv_fromUCountPending(const void *converter, int *error) { (void)converter; refused(error); return 0; }
EXPORT int ucnv_toUCountPending(const void *converter, int *error) { (void)converter; refused(error); return 0; }

/* Never reached: there is no converter to call them with. */
EXPORT void ucnv_close(void *converter) { (void)converter; }
EXPORT void ucnv_reset(void *converter) { (void)converter; }
EXPORT void ucnv_fromUnicode(void) {}
EXPORT void ucnv_toUnicode(void) {}
EXPORT void ucnv_getFromUCallBack(void) {}
EXPORT void ucnv_getToUCallBack(void) {}
EXPORT void ucnv_setFromUCallBack(void) {}
EXPORT void ucnv_setToUCallBack(void) {}
EXPORT void ucnv_cbFromUWriteUChars(void) {}
EXPORT void ucnv_cbToUWriteUChars(void) {}
EXPORT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
EXPORT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
