package io.gds.database.core.internal.backup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonPointer;
import io.gds.database.plan.Params;
import io.gds.database.spi.BackupCheck;
import io.gds.database.spi.BackupCheckProvider;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Type {@code http}: any service that answers GET with when the newest good backup ended. Settings: {@code url}; if
 * needed {@code pointer} (where in the answered JSON the time stands), {@code header} and {@code secret} (a header's name
 * and the reference to its value) and {@code timeout} ({@code PT10S}). Redirects are not followed: the header is for
 * this address alone. Status 204 means that there is no backup. Thread-safe.
 */
public final class HttpBackupsProvider implements BackupCheckProvider {
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** For {@code ServiceLoader}. */
    public HttpBackupsProvider() {}

    @Override
    public String type() {
        return "http";
    }

    @Override
    public BackupCheck open(Params settings, Function<String, HostShell> shells, Secrets secrets) {
        requireNonNull(secrets, "secrets");
        BackupSettings read = new BackupSettings(settings);
        URI url = url(read);
        Optional<JsonPointer> pointer = read.pointer("pointer");
        Optional<String> header = read.optionalText("header");
        Optional<String> secret = read.reference("secret");
        Duration timeout = read.duration("timeout", Duration.ofSeconds(10));
        header.filter(h -> !HEADER.matcher(h).matches())
                .ifPresent(h -> read.wrong("header", "\"" + h + "\"", "the name of a header"));
        if (header.isPresent() != secret.isPresent()) {
            read.wrong(header.isPresent() ? "secret" : "header", "nothing", "header and secret together");
        }
        read.done();
        HttpQuestion question = new HttpQuestion(url, header, timeout);
        return () -> question.ask(secret.map(secrets::resolve))
                .flatMap(text -> TimeText.read(question.source(), text, pointer));
    }

    private static URI url(BackupSettings read) {
        String text = read.text("url", "an address that begins with https://");
        try {
            URI url = URI.create(text);
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (url.getRawUserInfo() != null) {
                read.wrong("url", "*** before the host", "an address without a password; use header and secret");
            } else if (!text.isEmpty() && (!http || url.getHost() == null)) {
                read.wrong("url", "\"" + text + "\"", "an address that begins with https:// or http://");
            }
            return url;
        } catch (IllegalArgumentException e) {
            read.wrong("url", "a text that is no address", "an address that begins with https:// or http://");
            return URI.create("");
        }
    }
}
