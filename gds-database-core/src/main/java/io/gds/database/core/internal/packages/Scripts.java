package io.gds.database.core.internal.packages;

import io.gds.database.spi.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The shell scripts that lie beside this class. They are constant: what varies are their arguments. */
final class Scripts {
    private Scripts() {}

    static String text(String name) {
        try (InputStream in = Scripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the library's jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Command command(String name, String... arguments) {
        return command(List.of(name), arguments);
    }

    /** One script of several: what the last one uses comes before it. */
    static Command command(List<String> names, String... arguments) {
        String text = names.stream().map(Scripts::text).collect(Collectors.joining());
        List<String> words = new ArrayList<>(List.of("-c", text, names.get(names.size() - 1)));
        words.addAll(Arrays.asList(arguments));
        return Command.of("sh", words.toArray(String[]::new));
    }
}
