package io.gds.engine.postgres.internal.pooler;

import io.gds.database.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of SCRAM-SHA-256 (RFC 7677) without channel binding. Used once. */
final class Scram {
    static final String MECHANISM = "SCRAM-SHA-256";

    private static final String HMAC = "HmacSHA256";
    private static final String NO_BINDING = "n,,";
    private static final int NONCE_BYTES = 18;
    private static final int KEY_BITS = 256;

    private final Secret password;
    private final String nonce;
    private String expected = "";

    Scram(Secret password) {
        this.password = password;
        byte[] random = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(random);
        this.nonce = Base64.getEncoder().encodeToString(random);
    }

    /** The first message. */
    String first() {
        return NO_BINDING + bare();
    }

    private String bare() {
        return "n=,r=" + nonce; // the user is known from the start-up message
    }

    /** The second message: the proof that we know the password. */
    String last(String serverFirst) throws IOException {
        Map<String, String> told = parts(serverFirst);
        String both = told.getOrDefault("r", "");
        String rounds = told.getOrDefault("i", "");
        if (!both.startsWith(nonce) || both.length() == nonce.length() || !rounds.matches("[1-9]\\d{0,6}")) {
            throw new IOException("its SCRAM challenge is malformed");
        }
        try {
            byte[] salt = Base64.getDecoder().decode(told.getOrDefault("s", ""));
            PBEKeySpec spec = new PBEKeySpec(password.reveal().toCharArray(), salt, Integer.parseInt(rounds), KEY_BITS);
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            String withoutProof = "c="
                    + Base64.getEncoder().encodeToString(NO_BINDING.getBytes(StandardCharsets.US_ASCII)) + ",r=" + both;
            String exchange = bare() + "," + serverFirst + "," + withoutProof;
            byte[] key = hmac(salted, "Client Key");
            byte[] signature = hmac(MessageDigest.getInstance("SHA-256").digest(key), exchange);
            byte[] proof = new byte[key.length];
            for (int i = 0; i < key.length; i++) {
                proof[i] = (byte) (key[i] ^ signature[i]);
            }
            expected = Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), exchange));
            return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("its SCRAM challenge cannot be answered", e);
        }
    }

    /** Refuses a server that does not know the password itself. */
    void check(String serverLast) throws IOException {
        byte[] told = parts(serverLast).getOrDefault("v", "").getBytes(StandardCharsets.US_ASCII);
        if (expected.isEmpty() || !MessageDigest.isEqual(told, expected.getBytes(StandardCharsets.US_ASCII))) {
            throw new IOException("it does not know the password itself (SCRAM)");
        }
    }

    private static Map<String, String> parts(String message) {
        Map<String, String> parts = new TreeMap<>();
        for (String part : message.split(",", -1)) {
            if (part.length() > 1 && part.charAt(1) == '=') {
                parts.put(part.substring(0, 1), part.substring(2));
            }
        }
        return parts;
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
