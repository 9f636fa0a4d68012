package io.gds.engine.mongo.internal.kernel;

import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.Clients;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bson.Document;

/** What a server does that its end would break off: it refuses to end meanwhile, or has to begin again. */
final class Busy {
    private static final Set<String> COMMANDS =
            Set.of("createIndexes", "reshardCollection", "_shardsvrReshardCollection", "convertToCapped", "compact");

    private Busy() {}

    /** In words, what this member builds or moves just now; empty when nothing. */
    static List<String> with(Clients clients, String member) {
        Set<String> found = new TreeSet<>();
        for (Answer op : clients.ask(member, new Document("currentOp", 1).append("$all", true))
                .objects("inprog")) {
            String about = op.text("ns").orElse("");
            String says = op.text("msg").orElse("");
            // the work of a resharding that goes on by itself names the command that it began with
            Stream.of("command", "originatingCommand")
                    .flatMap(which -> op.object(which).keys().stream())
                    .filter(COMMANDS::contains)
                    .forEach(command -> found.add(command + " on " + about));
            if (says.startsWith("Index Build")) {
                found.add("createIndexes on " + about);
            }
        }
        return List.copyOf(found);
    }
}
