package io.gds.database.testkit.winrm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who speaks on one connection: Basic is asked with every request, NTLM once. Confined to the connection's thread. */
final class Login {
    private static final String BASIC = "Basic ";
    private static final String NEGOTIATE = "Negotiate";

    private final Accounts accounts;
    private final boolean basic;
    private final boolean negotiate;
    private final NtlmServer ntlm;
    private @Nullable Granted proven;

    /** What came of a request's credentials. */
    sealed interface Result {}

    /** Not now: these are the values of WWW-Authenticate. */
    record Denied(List<String> challenges) implements Result {}

    /** This is the account, and this seals its messages when there is something to seal with. */
    record Granted(String account, Optional<NtlmSession> session) implements Result {}

    Login(Accounts accounts, boolean basic, boolean negotiate, String machine) {
        this.accounts = accounts;
        this.basic = basic;
        this.negotiate = negotiate;
        this.ntlm = new NtlmServer(accounts, machine);
    }

    Result check(Optional<String> authorization) {
        if (authorization.isEmpty()) {
            Granted known = proven;
            return known == null ? denied() : known;
        }
        String value = authorization.get();
        if (basic && value.startsWith(BASIC)) {
            return decode(value.substring(BASIC.length())).map(this::basic).orElseGet(this::denied);
        }
        if (negotiate && value.startsWith(NEGOTIATE + " ")) {
            return decode(value.substring(NEGOTIATE.length() + 1))
                    .flatMap(NtlmMessage::of)
                    .map(this::negotiate)
                    .orElseGet(this::denied);
        }
        return denied();
    }

    /** The schemes that are on offer here. */
    Denied denied() {
        List<String> offers = new ArrayList<>();
        if (negotiate) {
            offers.add(NEGOTIATE);
        }
        if (basic) {
            offers.add("Basic realm=\"WSMAN\"");
        }
        return new Denied(List.copyOf(offers));
    }

    private Result basic(byte[] credentials) {
        String text = new String(credentials, UTF_8);
        int split = text.indexOf(':');
        if (split < 0) {
            return denied();
        }
        return accounts.login(text.substring(0, split), text.substring(split + 1))
                .<Result>map(account -> new Granted(account, Optional.empty()))
                .orElseGet(this::denied);
    }

    private Result negotiate(NtlmMessage message) {
        proven = null;
        if (message.type() == 1) {
            return message.askedFlags()
                    .<Result>map(asked -> new Denied(
                            List.of(NEGOTIATE + " " + Base64.getEncoder().encodeToString(ntlm.challenge(asked)))))
                    .orElseGet(this::denied);
        }
        Optional<Granted> granted = message.type() == 3
                ? message.authenticate().flatMap(ntlm::prove).map(p -> new Granted(p.account(), p.session()))
                : Optional.empty();
        proven = granted.orElse(null);
        return granted.<Result>map(g -> g).orElseGet(this::denied);
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
