package io.gds.database.testkit.winrm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The digest MD4 of RFC 1320, in which Windows keeps passwords and which the JDK does not have. */
final class Md4 {
    private static final int BLOCK = 64;
    private static final int LENGTH_FIELD = 8;
    private static final int SECOND_ROUND = 0x5a827999;
    private static final int THIRD_ROUND = 0x6ed9eba1;
    private static final int[] FIRST_SHIFTS = {3, 7, 11, 19};
    private static final int[] SECOND_SHIFTS = {3, 5, 9, 13};
    private static final int[] THIRD_SHIFTS = {3, 9, 11, 15};
    private static final int[] SECOND_ORDER = {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15};
    private static final int[] THIRD_ORDER = {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};

    private Md4() {}

    static byte[] digest(byte[] message) {
        int blocks = (message.length + 1 + LENGTH_FIELD + BLOCK - 1) / BLOCK;
        ByteBuffer padded = ByteBuffer.allocate(blocks * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        padded.put(message).put((byte) 0x80);
        padded.putLong(padded.capacity() - LENGTH_FIELD, message.length * 8L);
        padded.rewind();
        int[] state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
        int[] words = new int[BLOCK / Integer.BYTES];
        while (padded.hasRemaining()) {
            for (int i = 0; i < words.length; i++) {
                words[i] = padded.getInt();
            }
            mix(state, words);
        }
        ByteBuffer out = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : state) {
            out.putInt(word);
        }
        return out.array();
    }

    private static void mix(int[] state, int[] words) {
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        for (int step = 0; step < 48; step++) {
            int i = step % 16;
            int sum;
            int shift;
            if (step < 16) {
                sum = a + ((b & c) | (~b & d)) + words[i];
                shift = FIRST_SHIFTS[i % 4];
            } else if (step < 32) {
                sum = a + ((b & c) | (b & d) | (c & d)) + words[SECOND_ORDER[i]] + SECOND_ROUND;
                shift = SECOND_SHIFTS[i % 4];
            } else {
                sum = a + (b ^ c ^ d) + words[THIRD_ORDER[i]] + THIRD_ROUND;
                shift = THIRD_SHIFTS[i % 4];
            }
            a = d;
            d = c;
            c = b;
            b = Integer.rotateLeft(sum, shift);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }
}
