package io.gds.database.core.internal.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads the ledgers of a run, those of processes that died included. Lines: {@code O micros} opened, {@code C micros}
 * closed, {@code A|F|U client seq micros} a write acknowledged, failed, or of unknown outcome, {@code L micros member
 * amount unit} a sample of lag.
 */
final class LedgerReader {
    /** A time without an acknowledged write. */
    record Gap(long startMicros, long micros) {}

    /** A sample of lag. */
    record LagSample(long micros, String member, long amount, String unit) {}

    /** What one process saw. */
    static final class Session {
        long opened;
        long last;
        long failed;
        long unknown;
        final Map<Integer, BitSet> acknowledged = new TreeMap<>();
        final Map<Integer, Integer> highest = new TreeMap<>();
        final List<Gap> gaps = new ArrayList<>();
        final List<LagSample> lag = new ArrayList<>();
        private long lastAck;

        long acknowledgedCount() {
            return acknowledged.values().stream().mapToLong(BitSet::cardinality).sum();
        }

        private void take(String line) {
            String[] w = line.split(" ", -1);
            switch (w[0]) {
                case "O" -> {
                    opened = Long.parseLong(w[1]);
                    last = opened;
                    lastAck = opened;
                }
                case "C" -> {
                    last = Long.parseLong(w[1]);
                    gapUntil(last);
                }
                case "L" -> lag.add(new LagSample(Long.parseLong(w[1]), w[2], Long.parseLong(w[3]), w[4]));
                default -> write(w[0], Integer.parseInt(w[1]), Integer.parseInt(w[2]), Long.parseLong(w[3]));
            }
        }

        private void write(String kind, int client, int seq, long at) {
            last = Math.max(last, at);
            highest.merge(client, seq, Math::max);
            switch (kind) {
                case "A" -> {
                    acknowledged.computeIfAbsent(client, c -> new BitSet()).set(seq);
                    gapUntil(at);
                    lastAck = Math.max(lastAck, at);
                }
                case "F" -> failed++;
                default -> unknown++;
            }
        }

        private void gapUntil(long at) {
            if (lastAck > 0 && at > lastAck) {
                gaps.add(new Gap(lastAck, at - lastAck));
            }
        }
    }

    private LedgerReader() {}

    /** All sessions of a run, oldest first. */
    static List<Session> read(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Session> out = new ArrayList<>();
            for (Path f :
                    files.filter(p -> p.toString().endsWith(".ledger")).sorted().toList()) {
                Session s = new Session();
                String text = Files.readString(f, StandardCharsets.US_ASCII);
                int complete = text.lastIndexOf('\n') + 1; // what follows was torn by a death
                text.substring(0, complete).lines().filter(l -> !l.isEmpty()).forEach(s::take);
                if (s.opened > 0) {
                    out.add(s);
                }
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Renames ledgers that need no reading any more; they are kept as evidence. */
    static void archive(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path f : files.filter(p -> p.toString().endsWith(".ledger")).toList()) {
                Files.move(f, f.resolveSibling(f.getFileName() + ".proven"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
