package io.gds.engine.mongo.internal.admin;

import io.gds.database.ConfigAdmin;
import io.gds.database.ConfigSetting;
import io.gds.database.ConfigSetting.TakesEffect;
import io.gds.database.OperationResult;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.OperationTimer;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.client.CommandRefusedException;
import io.gds.engine.mongo.internal.topology.MemberState;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.json.JsonParseException;

/**
 * Server parameters, and the options that the server was started with. Parameters belong to each server: a change goes to all
 * that hold data, and lasts until each one's next start.
 */
public final class Parameters implements ConfigAdmin {
    private final Clients clients;
    private final SettingsReader settings;
    private final Clock clock;
    private final Supplier<SetViews> views;
    /** What was in force on each member before the first change of this process; the server itself tells no defaults. */
    private final Map<String, Map<String, Object>> before = new ConcurrentHashMap<>();

    /** Parameters of a set. */
    public Parameters(Clients clients, Clock clock, Supplier<SetViews> views) {
        this.clients = clients;
        this.settings = new SettingsReader(clients);
        this.clock = clock;
        this.views = views;
    }

    @Override
    public List<ConfigSetting> settings() {
        return settings.all();
    }

    @Override
    public Optional<ConfigSetting> setting(String name) {
        return settings().stream().filter(s -> s.name().equals(name)).findFirst();
    }

    @Override
    public OperationResult set(String name, String value) {
        OperationTimer timer = OperationTimer.start(clock, "set " + name);
        changeable(name);
        Map<String, Object> old = new TreeMap<>();
        serving().forEach(m -> old.put(m, raw(m, name)));
        if (old.values().stream().allMatch(o -> SettingsReader.text(o).equals(value))) {
            return timer.already("it has this value on " + old.keySet());
        }
        old.forEach((m, o) -> {
            change(m, name, typed(name, value, o));
            before.computeIfAbsent(name, n -> new ConcurrentHashMap<>()).putIfAbsent(m, o);
        });
        return timer.changed("in force on " + old.keySet() + " at once and until each one's next start; setParameter."
                + name + " in the configuration file keeps it");
    }

    @Override
    public OperationResult reset(String name) {
        OperationTimer timer = OperationTimer.start(clock, "reset " + name);
        changeable(name);
        Map<String, Object> old = before.getOrDefault(name, Map.of());
        if (old.isEmpty()) {
            return timer.already("it was not changed here; a server that starts anew has its own default");
        }
        List<String> serving = serving();
        Map.copyOf(old).forEach((m, o) -> {
            if (serving.contains(m)) {
                change(m, name, o);
            }
            old.remove(m); // one that is down starts with its own default
        });
        return timer.changed("as it was on each member before it was changed here");
    }

    private void changeable(String name) {
        ConfigSetting found =
                setting(name).orElseThrow(() -> refused(name, "there is no such parameter", "look at settings()."));
        if (found.takesEffect() != TakesEffect.IMMEDIATELY) {
            throw refused(
                    name,
                    "it cannot be changed while the server runs (" + found.takesEffect() + ")",
                    "write it into the configuration file of every member and restart them one by one.");
        }
    }

    private Object raw(String member, String name) {
        Object value = clients.ask(member, new Document("getParameter", 1).append(name, 1))
                .asMap()
                .get(name);
        if (value == null) {
            throw refused(name, "the server does not tell its value", "look at settings().");
        }
        return value;
    }

    private void change(String member, String name, Object value) {
        try {
            clients.ask(member, new Document("setParameter", 1).append(name, value));
        } catch (CommandRefusedException e) {
            throw GdsDatabaseException.user("GDS-CONFIG")
                    .message("parameter " + name + ": " + e.getMessage())
                    .remedy("give a value that the server takes.")
                    .cause(e)
                    .build();
        }
    }

    private List<String> serving() {
        SetViews now = views.get();
        return now.all().stream()
                .filter(v -> v.state() == MemberState.PRIMARY || v.state() == MemberState.SECONDARY)
                .map(v -> v.member().name())
                .toList();
    }

    /** As the type that the parameter has now. */
    private static Object typed(String name, String value, Object like) {
        try {
            if (like instanceof Boolean) {
                if (!value.equals("true") && !value.equals("false")) {
                    throw refused(name, "found \"" + value + "\", expected true or false", "give one of these.");
                }
                return Boolean.valueOf(value);
            } else if (like instanceof Integer || like instanceof Long) {
                return Long.valueOf(value);
            } else if (like instanceof Number) {
                return Double.valueOf(value);
            } else if (like instanceof Document) {
                return Document.parse(value);
            }
            return value;
        } catch (NumberFormatException | JsonParseException e) {
            throw refused(
                    name,
                    "found \"" + value + "\", expected a value like " + SettingsReader.text(like),
                    "give such a value.");
        }
    }

    private static GdsDatabaseException refused(String name, String why, String remedy) {
        return GdsDatabaseException.user("GDS-CONFIG")
                .message("parameter " + name + ": " + why + ".")
                .remedy(remedy)
                .build();
    }
}
