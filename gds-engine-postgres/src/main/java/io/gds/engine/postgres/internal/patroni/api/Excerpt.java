package io.gds.engine.postgres.internal.patroni.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Makes what a member said fit to be shown: one line, no markup, bounded, without our password. Immutable. */
final class Excerpt {
    private static final int SHOWN = 300;

    private final List<String> hidden = new ArrayList<>();

    Excerpt(ApiAccess access) {
        access.login().ifPresent(login -> {
            String password = login.password().reveal();
            if (!password.isEmpty()) {
                hidden.add(password);
            }
            byte[] pair = (login.user() + ":" + password).getBytes(UTF_8);
            hidden.add(Base64.getEncoder().encodeToString(pair));
        });
    }

    String of(String body) {
        String text = body;
        for (String secret : hidden) {
            text = text.replace(secret, "***");
        }
        String start = text.stripLeading().toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype") || start.startsWith("<html") || start.startsWith("<?xml")) {
            text = text.replaceAll("(?is)<(style|script|title).*?</\\1>", " ").replaceAll("<[^>]*>", " ");
        }
        text = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }
}
