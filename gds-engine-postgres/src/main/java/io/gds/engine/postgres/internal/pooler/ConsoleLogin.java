package io.gds.engine.postgres.internal.pooler;

import io.gds.database.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Answers what a pooler asks while somebody logs in: a password in one of three ways. Used once. */
final class ConsoleLogin {
    private static final int OK = 0;
    private static final int CLEARTEXT = 3;
    private static final int MD5 = 5;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    private final String user;
    private final Secret password;
    private final Scram scram;

    ConsoleLogin(String user, Secret password) {
        this.user = user;
        this.password = password;
        this.scram = new Scram(password);
    }

    /**
     * The answer to one question; empty when none is wanted.
     *
     * @param question the body of an authentication message
     */
    Optional<byte[]> answer(WireBody question) throws IOException {
        int kind = question.int32();
        return switch (kind) {
            case OK -> Optional.empty();
            case CLEARTEXT -> Optional.of(WireBody.text(password.reveal()));
            case MD5 -> Optional.of(WireBody.text(md5(question.rest())));
            case SASL -> Optional.of(first(question));
            case SASL_CONTINUE ->
                Optional.of(scram.last(new String(question.rest(), StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
            case SASL_FINAL -> {
                scram.check(new String(question.rest(), StandardCharsets.UTF_8));
                yield Optional.empty();
            }
            default ->
                throw new IOException("it asks for a way to log in that is not supported (" + kind
                        + "); supported are trust, plain, md5, scram-sha-256 and certificates");
        };
    }

    private byte[] first(WireBody question) throws IOException {
        boolean offered = false;
        for (String mechanism = question.string(); !mechanism.isEmpty(); mechanism = question.string()) {
            offered |= mechanism.equals(Scram.MECHANISM);
        }
        if (!offered) {
            throw new IOException("it does not offer " + Scram.MECHANISM);
        }
        byte[] message = scram.first().getBytes(StandardCharsets.UTF_8);
        return WireBody.join(WireBody.text(Scram.MECHANISM), WireBody.int32(message.length), message);
    }

    private String md5(byte[] salt) {
        byte[] inner = md5Hex(password.reveal().getBytes(StandardCharsets.UTF_8), user.getBytes(StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.US_ASCII);
        return "md5" + md5Hex(inner, salt);
    }

    private static String md5Hex(byte[] one, byte[] two) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(one);
            return HexFormat.of().formatHex(md5.digest(two));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
