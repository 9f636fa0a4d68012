package io.gds.engine.mongo.wire;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;

/** What a member of a played set answers, by the pages of the manual's "Database Commands". Guarded by the set. */
final class FakeAnswers {
    private static final Set<String> HELLO = Set.of("hello", "isMaster", "ismaster");

    private final FakeSet set;
    private final FakeMember member;

    FakeAnswers(FakeSet set, FakeMember member) {
        this.set = set;
        this.member = member;
    }

    /** The answer, or what goes wrong with it instead. */
    Document to(Sent sent) {
        Optional<Faults.Fault> fault = member.faults().next(sent.name());
        if (fault.isEmpty()) {
            return inOrder(sent);
        }
        return switch (fault.get().kind()) {
            case REFUSED -> throw fault.get().error().orElseThrow();
            case REQUEST_LOST -> throw new ConnectionCut();
            case IGNORED -> new Document();
            case ANSWER_LOST -> {
                inOrder(sent);
                throw new ConnectionCut();
            }
        };
    }

    private Document inOrder(Sent sent) {
        Document command = sent.command();
        if (HELLO.contains(sent.name())) {
            return new FakeViews(set, member).hello();
        }
        return switch (sent.name()) {
            case "replSetGetStatus" -> new FakeViews(set, member).status();
            case "replSetGetConfig" ->
                new Document("config", set.config(member.mind().belief().term()));
            case "buildInfo" -> buildInfo();
            case "serverStatus" -> serverStatus();
            case "getCmdLineOpts" -> new Document("argv", List.of("mongod")).append("parsed", new Document());
            case "hostInfo" ->
                new Document("system", new Document("hostname", "127.0.0.1"))
                        .append("os", new Document("type", "Linux"));
            case "getParameter" -> parameter(command);
            case "currentOp" -> new Document("inprog", member.operations());
            case "getDefaultRWConcern" ->
                new Document("defaultWriteConcern", new Document("w", "majority").append("wtimeout", 0))
                        .append("defaultWriteConcernSource", "implicit");
            case "ping", "endSessions" -> new Document();
            case "collStats", "find", "aggregate", "insert", "create", "drop", "listCollections" ->
                set.data().answer(sent.name(), command, member);
            case "replSetStepDown",
                    "replSetFreeze",
                    "replSetSyncFrom",
                    "appendOplogNote",
                    "setFeatureCompatibilityVersion",
                    "shutdown" -> new FakeOrders(set, member).obey(sent.name(), command);
            default -> {
                set.sends().addUnknown(sent);
                throw Refusals.commandNotFound(sent.name());
            }
        };
    }

    private Document buildInfo() {
        return new Document("version", member.version())
                .append("gitVersion", "0000000000000000000000000000000000000000")
                .append("modules", List.of())
                .append("bits", 64);
    }

    private Document serverStatus() {
        return new Document("version", member.version())
                .append("process", "mongod")
                .append("uptime", 3600.0)
                .append("connections", new Document("current", 1).append("available", 1000))
                .append("storageEngine", new Document("name", "wiredTiger"));
    }

    private Document parameter(Document command) {
        if (command.containsKey("featureCompatibilityVersion")) {
            return set.compatibility().at(member.name());
        }
        throw Refusals.invalidOptions("no option found to get");
    }
}
