package io.gds.engine.mongo.internal.admin;

import io.gds.database.ConfigSetting;
import io.gds.database.ConfigSetting.TakesEffect;
import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.client.CommandRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The primary's parameters and the options that it was started with. Thread-safe. */
final class SettingsReader {
    private static final Set<String> OF_EVERY_ANSWER = Set.of("ok", "operationTime", "$clusterTime");

    private final Clients clients;

    SettingsReader(Clients clients) {
        this.clients = clients;
    }

    List<ConfigSetting> all() {
        Answer all = parameters();
        List<ConfigSetting> out = new ArrayList<>();
        for (String name : all.keys()) {
            Answer detail = all.object(name);
            if (detail.has("settableAtRuntime")) {
                out.add(parameter(name, detail.asMap().get("value"), takesEffect(detail)));
            } else if (!OF_EVERY_ANSWER.contains(name)) {
                out.add(parameter(name, all.asMap().get(name), TakesEffect.IMMEDIATELY));
            }
        }
        options("", clients.askSet(new Document("getCmdLineOpts", 1)).object("parsed"), out);
        return List.copyOf(out);
    }

    /** With details; servers before 6.0 have none, and one that cannot be changed at once is then refused when it is set. */
    private Answer parameters() {
        try {
            return clients.askSet(
                    new Document("getParameter", new Document("showDetails", true).append("allParameters", true)));
        } catch (CommandRefusedException e) {
            return clients.askSet(new Document("getParameter", "*"));
        }
    }

    private static ConfigSetting parameter(String name, @Nullable Object value, TakesEffect effect) {
        return new ConfigSetting(name, text(value), "parameter", effect, false);
    }

    private static TakesEffect takesEffect(Answer detail) {
        return detail.flag("settableAtRuntime")
                ? TakesEffect.IMMEDIATELY
                : detail.flag("settableAtStartup") ? TakesEffect.AFTER_RESTART : TakesEffect.NEVER;
    }

    /** Options of the configuration file and of the command line, by their dotted names. */
    private static void options(String path, Answer at, List<ConfigSetting> out) {
        for (String key : at.keys()) {
            String name = path.isEmpty() ? key : path + "." + key;
            if (at.asMap().get(key) instanceof Document) {
                options(name, at.object(key), out);
            } else {
                String value = name.toLowerCase(Locale.ROOT).contains("password")
                        ? "***"
                        : text(at.asMap().get(key));
                out.add(new ConfigSetting(name, value, "option", TakesEffect.AFTER_RESTART, false));
            }
        }
    }

    /** A value as people write it. */
    static String text(@Nullable Object value) {
        return value instanceof Document d ? d.toJson() : String.valueOf(value);
    }
}
