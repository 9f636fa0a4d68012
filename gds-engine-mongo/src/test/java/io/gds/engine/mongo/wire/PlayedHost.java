package io.gds.engine.mongo.wire;

import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The host of the members of a played set: their processes are found, started and ended there. Knows no other command. */
final class PlayedHost implements HostShell {
    private final FakeSet set;

    PlayedHost(FakeSet set) {
        this.set = set;
    }

    static String configFile(String member) {
        return "/etc/mongod-" + member + ".conf";
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public CommandResult run(Command command) {
        List<String> words = command.words();
        FakeMember member = set.members().stream()
                .filter(m -> words.contains(configFile(m.name())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("an unexpected command: " + words));
        if (words.get(0).endsWith("/mongod")) {
            member.start();
            return said(command, "forked process: " + member.port());
        }
        return said(command, member.isUp() ? member.port() + "\n" : "");
    }

    private static CommandResult said(Command command, String output) {
        return new CommandResult(
                command.toString(), CommandResult.Status.EXITED, 0, output, "", false, Duration.ofMillis(1));
    }

    /** No configuration file says where the data is, and nobody left a lock there. */
    @Override
    public Optional<byte[]> read(String path) {
        return Optional.empty();
    }

    @Override
    public void launch(Command command) {
        throw new AssertionError("an unexpected command: " + command.words());
    }

    @Override
    public void write(String path, byte[] content, String mode, String user) {
        throw new AssertionError("an unexpected file: " + path);
    }

    @Override
    public void close() {}
}
