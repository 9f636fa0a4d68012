package io.gds.engine.mongo.internal.admin;

import io.gds.database.OperationResult;
import io.gds.database.ProcessAdmin;
import io.gds.database.ServerProcess;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.OperationTimer;
import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.config.MemberSpec;
import io.gds.engine.mongo.internal.config.MongoSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;

/** What every member that answers works on. An operation's id is {@code member/number}. */
public final class Operations implements ProcessAdmin {
    private final MongoSpec spec;
    private final Clients clients;
    private final Clock clock;

    /** Operations of a set. */
    public Operations(MongoSpec spec, Clients clients, Clock clock) {
        this.spec = spec;
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public List<ServerProcess> processes() {
        List<ServerProcess> out = new ArrayList<>();
        for (MemberSpec m : spec.members()) {
            try {
                for (Answer op : of(m.name())) {
                    out.add(process(m.name(), op));
                }
            } catch (GdsDatabaseException e) {
                if (!e.retryable()) {
                    throw e;
                }
            }
        }
        return List.copyOf(out);
    }

    /** Without idle connections, which have no operation, and without this very question. */
    private List<Answer> of(String member) {
        return clients.ask(member, new Document("currentOp", 1).append("$all", true)).objects("inprog").stream()
                .filter(op -> op.has("opid") && !op.object("command").has("currentOp"))
                .toList();
    }

    private ServerProcess process(String member, Answer op) {
        Map<String, String> more = new TreeMap<>();
        more.put("member", member);
        op.text("client").ifPresent(c -> more.put("client", c));
        op.text("appName").ifPresent(a -> more.put("application", a));
        op.text("desc").ifPresent(d -> more.put("description", d));
        op.number("secs_running").ifPresent(s -> more.put("seconds", Long.toString(s)));
        String namespace = op.text("ns").orElse("");
        int dot = namespace.indexOf('.');
        List<Answer> users = op.objects("effectiveUsers");
        Instant now = clock.instant();
        long micros = op.number("microsecs_running").orElse(-1);
        return new ServerProcess(
                member + "/" + op.asMap().get("opid"),
                users.isEmpty() ? "" : users.get(0).text("user").orElse(""),
                dot < 0 ? namespace : namespace.substring(0, dot),
                (op.flag("active") ? "active" : "inactive")
                        + op.text("op").map(o -> " " + o).orElse(""),
                statement(op),
                micros < 0 ? null : now.minus(Duration.ofNanos(micros * 1000)),
                more);
    }

    /**
     * The command's name and what it goes to: all else may hold the application's data. A part of an update or a delete has no
     * name and begins with its filter; of a command over one kilobyte there is only {@code $truncated}, a string with all of it.
     */
    private static String statement(Answer op) {
        Answer command = op.object("command");
        if (command.keys().isEmpty()) {
            return "";
        }
        String first = command.keys().get(0);
        Object to = command.asMap().get(first);
        boolean named = !first.startsWith("$") && (to instanceof String || to instanceof Number);
        return named
                ? first + " " + to
                : op.text("op").orElse("") + " " + op.text("ns").orElse("");
    }

    @Override
    public OperationResult kill(String id) {
        OperationTimer timer = OperationTimer.start(clock, "kill " + id);
        int slash = id.indexOf('/');
        if (slash < 1 || spec.members().stream().noneMatch(m -> m.name().equals(id.substring(0, slash)))) {
            throw GdsDatabaseException.user("GDS-PROCESS-ID")
                    .message("operation id: found \"" + id
                            + "\", expected a member's name, a slash and a number, such as "
                            + spec.members().get(0).name() + "/123")
                    .remedy("take the id from processes().")
                    .build();
        }
        String member = id.substring(0, slash);
        for (Answer op : of(member)) {
            Object number = op.asMap().get("opid");
            if (String.valueOf(number).equals(id.substring(slash + 1))) {
                clients.ask(member, new Document("killOp", 1).append("op", number));
                return timer.changed("told to end at its next check");
            }
        }
        return timer.already("there is no such operation any more");
    }
}
