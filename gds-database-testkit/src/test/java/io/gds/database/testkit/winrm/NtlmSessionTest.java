package io.gds.database.testkit.winrm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SignatureException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cryptography against what is written elsewhere: RFC 1320 and MS-NLMP 4.2.4. */
final class NtlmSessionTest {
    private static final HexFormat HEX = HexFormat.of();

    private static NtlmSession session() {
        byte[] key = new byte[16];
        Arrays.fill(key, (byte) 0x55);
        return new NtlmSession(key);
    }

    /** "Plaintext", signed and sealed by the client in MS-NLMP 4.2.4.4. */
    private static byte[] sealedExample() {
        return HEX.parseHex("010000007fb38ec5c55d497600000000" + "54e50165bf1936dc996020c1811b0f06fb5f");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 31d6cfe0d16ae931b73c59d7e0c089c0",
        "abc, a448017aaf21d8525fc10ae87aa6729d",
        "12345678901234567890123456789012345678901234567890123456789012345678901234567890,"
                + " e33b4ddc9c38f2199c3e7b164fcc0536"
    })
    void md4IsThatOfItsRfc(String message, String digest) {
        assertThat(HEX.formatHex(Md4.digest(message.getBytes(US_ASCII)))).isEqualTo(digest);
    }

    @Test
    void rc4GoesOnWhereItStopped() {
        Rc4 cipher = new Rc4("Key".getBytes(US_ASCII));
        String first = HEX.formatHex(cipher.apply("Plain".getBytes(US_ASCII)));
        String second = HEX.formatHex(cipher.apply("text".getBytes(US_ASCII)));
        assertThat(first + second).isEqualTo("bbf316e8d940af0ad3");
    }

    @Test
    void aMessageThatWindowsSealsIsRead() throws Exception {
        assertThat(session().unseal(sealedExample())).asString(UTF_16LE).isEqualTo("Plaintext");
    }

    @Test
    void aChangedMessageIsRefused() {
        byte[] changed = sealedExample();
        changed[20] ^= 1;
        assertThatThrownBy(() -> session().unseal(changed)).isInstanceOf(SignatureException.class);
    }

    @Test
    void aMessageIsNotTakenTwice() throws Exception {
        NtlmSession session = session();
        session.unseal(sealedExample());
        assertThatThrownBy(() -> session.unseal(sealedExample())).isInstanceOf(SignatureException.class);
    }
}
