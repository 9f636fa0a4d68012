package io.gds.database.testkit.winrm;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of NTLM version 2 for one connection (MS-NLMP 3.3.2). Version 1 and anonymous users are refused. The
 * signature over the handshake (MIC) is not looked at. Confined to the connection's thread.
 */
final class NtlmServer {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Accounts accounts;
    private final String machine;
    private byte @Nullable [] challenge;
    private int flags;

    NtlmServer(Accounts accounts, String machine) {
        this.accounts = accounts;
        this.machine = machine;
    }

    /** Who has proven to be himself, with the means to seal when both sides wanted it. */
    record Proven(String account, Optional<NtlmSession> session) {}

    /** The second message, in answer to the first; forgets an earlier challenge. */
    byte[] challenge(int asked) {
        byte[] fresh = new byte[8];
        RANDOM.nextBytes(fresh);
        challenge = fresh;
        flags = NtlmFlags.agreed(asked);
        return NtlmMessage.challenge(flags, fresh, machine);
    }

    /** Judges the third message; a challenge is good for one try. */
    Optional<Proven> prove(NtlmAnswer answer) {
        byte[] asked = challenge;
        challenge = null;
        if (asked == null || !answer.isVersion2()) {
            return Optional.empty();
        }
        return accounts.find(answer.domain(), answer.user()).flatMap(a -> prove(answer, asked, a));
    }

    private Optional<Proven> prove(NtlmAnswer answer, byte[] asked, Accounts.Account account) {
        byte[] proof = answer.proof();
        byte[] hash = Md4.digest(account.password().getBytes(UTF_16LE));
        // Some clients hash the domain as it was typed, and send it in capitals.
        for (String domain : Set.copyOf(Arrays.asList(answer.domain(), account.domain()))) {
            String who = answer.user().toUpperCase(Locale.ROOT) + domain;
            byte[] key = Digests.hmacMd5(hash, who.getBytes(UTF_16LE));
            if (MessageDigest.isEqual(proof, Digests.hmacMd5(key, asked, answer.blob()))) {
                byte[] base = Digests.hmacMd5(key, proof);
                return Optional.of(new Proven(account.name(), session(answer, base)));
            }
        }
        return Optional.empty();
    }

    private Optional<NtlmSession> session(NtlmAnswer answer, byte[] base) {
        if (!NtlmFlags.seals(flags & answer.flags()) || !answer.hasSessionKey()) {
            return Optional.empty();
        }
        return Optional.of(new NtlmSession(new Rc4(base).apply(answer.sessionKey())));
    }
}
