package io.gds.database.testkit.winrm;

/** What client and server agree on in NTLM (MS-NLMP 2.2.2.5). */
final class NtlmFlags {
    static final int UNICODE = 0x00000001;
    static final int REQUEST_TARGET = 0x00000004;
    static final int SIGN = 0x00000010;
    static final int SEAL = 0x00000020;
    static final int NTLM = 0x00000200;
    static final int ALWAYS_SIGN = 0x00008000;
    static final int TARGET_TYPE_SERVER = 0x00020000;
    static final int EXTENDED_SECURITY = 0x00080000;
    static final int TARGET_INFO = 0x00800000;
    static final int VERSION = 0x02000000;
    static final int BITS_128 = 0x20000000;
    static final int KEY_EXCHANGE = 0x40000000;
    static final int BITS_56 = 0x80000000;

    /** What sealing needs; without all of these a session has none. */
    static final int SEALED = SIGN | SEAL | EXTENDED_SECURITY | BITS_128 | KEY_EXCHANGE;

    private static final int ALWAYS = UNICODE | REQUEST_TARGET | NTLM | TARGET_TYPE_SERVER | TARGET_INFO;
    private static final int WHEN_ASKED = SEALED | ALWAYS_SIGN | VERSION | BITS_56;

    private NtlmFlags() {}

    /** What the server answers to what a client asked for. */
    static int agreed(int asked) {
        return ALWAYS | (asked & WHEN_ASKED);
    }

    static boolean seals(int flags) {
        return (flags & SEALED) == SEALED;
    }
}
