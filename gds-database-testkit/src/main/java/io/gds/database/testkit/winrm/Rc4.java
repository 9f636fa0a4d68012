package io.gds.database.testkit.winrm;

/** The stream cipher RC4, by which NTLM seals. It goes on where it stopped; confined to one thread at a time. */
final class Rc4 {
    private static final int SIZE = 256;

    private final int[] box = new int[SIZE];
    private int i;
    private int j;

    Rc4(byte[] key) {
        for (int n = 0; n < SIZE; n++) {
            box[n] = n;
        }
        int other = 0;
        for (int n = 0; n < SIZE; n++) {
            other = (other + box[n] + key[n % key.length]) & 0xff;
            swap(n, other);
        }
    }

    byte[] apply(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        for (int n = 0; n < bytes.length; n++) {
            i = (i + 1) & 0xff;
            j = (j + box[i]) & 0xff;
            swap(i, j);
            out[n] = (byte) (bytes[n] ^ box[(box[i] + box[j]) & 0xff]);
        }
        return out;
    }

    private void swap(int left, int right) {
        int kept = box[left];
        box[left] = box[right];
        box[right] = kept;
    }
}
