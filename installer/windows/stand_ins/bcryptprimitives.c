/* In place of the bcryptprimitives.dll that Windows has since 8 and Wine 8 has not.
 *
 * Only for freezing and trying under Wine; it is never handed out. Libraries written in Rust take their random numbers
 * from ProcessPrng; here they come from the generator that Wine does have.
 */
#define EXPORT __declspec(dllexport)

__declspec(dllimport) unsigned char __stdcall SystemFunction036(void *buffer, unsigned long length); /* RtlGenRandom */

EXPORT int ProcessPrng(unsigned char *buffer, unsigned long long length)
{
    while (length > 0) {
        unsigned long part = length > 65536 ? 65536 : (unsigned long)length;
        if (!SystemFunction036(buffer, part))
            return 0;
        buffer += part;
        length -= part;
    }
    return 1;
}
