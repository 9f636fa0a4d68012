package io.gds.database.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.datasource.HoldState.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldFileTest {
    @TempDir
    Path dir;

    private final Hold hold = Hold.create();
    private Path file;
    private HoldFile watched;

    @BeforeEach
    void watch() {
        file = dir.resolve("hold");
        watched = HoldFile.watch(file, "app-1", hold);
    }

    @AfterEach
    void close() {
        watched.close();
    }

    private void announce(String token, long millis) throws IOException {
        announce(token, millis, Duration.ZERO);
    }

    private void announce(String token, long millis, Duration ago) throws IOException {
        Path draft = Files.writeString(dir.resolve("draft"), "token=" + token + "\nforMillis=" + millis + "\n");
        FileTime written = Files.getLastModifiedTime(draft);
        Files.setLastModifiedTime(draft, FileTime.from(written.toInstant().minus(ago)));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void says(String... lines) throws Exception {
        Until.holds("app-1 says " + String.join(", ", lines), () -> {
            String said = Files.readString(dir.resolve("hold.ack-app-1"));
            return java.util.Arrays.stream(lines).allMatch(l -> said.contains(l + "\n"));
        });
    }

    @Test
    void saysHowItStandsFromTheBeginning() throws Exception {
        says("phase=OPEN", "token=", "longestMillis=30000", "inUse=0");
    }

    @Test
    void holdsWhileTheFileIsThereAndSaysWhenItIsQuiet() throws Exception {
        FakePool pool = new FakePool();
        try (HoldingDataSource source =
                HoldingDataSource.around(pool).hold(hold).check(c -> true).build()) {
            Connection c = source.getConnection();
            announce("run.1", 20_000);
            says("phase=HOLDING", "token=run.1", "inUse=1");
            c.close();
            says("phase=QUIESCED", "token=run.1", "inUse=0");
            Files.delete(file);
            says("phase=OPEN", "token=");
            assertThat(hold.state().phase()).isEqualTo(Phase.OPEN);
        }
    }

    @Test
    void holdOfAnAnnouncerThatDiedEndsAndItsFileDoesNoHarm() throws Exception {
        announce("dead.1", 100);
        says("phase=QUIESCED", "token=dead.1");
        says("phase=OPEN");
        announce("alive.1", 20_000); // over the file that the dead one left
        says("phase=QUIESCED", "token=alive.1");
    }

    @Test
    void whatIsLeftOfAHoldIsCountedFromWhenTheFileWasWritten() throws Exception {
        announce("old.1", 5_000, Duration.ofSeconds(4));
        says("phase=QUIESCED");
        assertThat(hold.state().endsIn()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void instanceThatStartsBesideAStaleFileDoesNotHold() throws Exception {
        watched.close();
        announce("stale.1", 5_000, Duration.ofMinutes(3));
        Hold other = Hold.create();
        try (HoldFile late = HoldFile.watch(file, "app-2", other)) {
            assertThat(late).hasToString("hold file " + file);
            FileTime first = Files.getLastModifiedTime(dir.resolve("hold.ack-app-2"));
            Until.holds(
                    "its heart has beaten twice",
                    () -> Files.getLastModifiedTime(dir.resolve("hold.ack-app-2"))
                                    .toMillis()
                            > first.toMillis() + 2_500);
            assertThat(other.state().phase()).isEqualTo(Phase.OPEN);
            assertThat(other.announce("stale.1", Duration.ofSeconds(1)).isHeldBy("stale.1"))
                    .as("it never held")
                    .isTrue();
        }
    }

    @Test
    void tokenThatReplacesAnotherTakesOver() throws Exception {
        announce("run.1", 20_000);
        says("phase=QUIESCED", "token=run.1");
        announce("run.2", 20_000);
        says("phase=QUIESCED", "token=run.2");
    }

    @Test
    void whatIsNoAnnouncementHoldsNobody() throws Exception {
        Files.writeString(file, "token=a b\nforMillis=soon\n");
        announce("run.1", 20_000);
        says("phase=QUIESCED", "token=run.1");
    }

    @Test
    void everyInstanceSpeaksForItselfAndLeavesNothingWhenItEnds() throws Exception {
        Hold other = Hold.create();
        try (HoldFile second = HoldFile.watch(file, "app-2", other)) {
            assertThat(second).isNotNull();
            announce("run.1", 20_000);
            Until.holds(
                    "both are quiet",
                    () -> Protocol.acks(file).stream()
                                    .filter(a -> a.contains("phase=QUIESCED\ntoken=run.1\n"))
                                    .count()
                            == 2);
        }
        assertThat(other.state().phase()).as("closed, it holds nobody").isEqualTo(Phase.OPEN);
        assertThat(dir.resolve("hold.ack-app-2")).doesNotExist();
        assertThat(dir.resolve("hold.tmp-app-2")).doesNotExist();
    }

    @Test
    void whatAKilledInstanceLeftIsSwept() throws Exception {
        Path dead = Files.writeString(dir.resolve("hold.ack-dead"), "phase=OPEN\n");
        Path young = Files.writeString(dir.resolve("hold.ack-young"), "phase=OPEN\n");
        Path foreign = Files.writeString(dir.resolve("holder.ack-x"), "");
        FileTime longAgo =
                FileTime.from(Files.getLastModifiedTime(young).toInstant().minus(Duration.ofMinutes(5)));
        Files.setLastModifiedTime(dead, longAgo);
        Files.setLastModifiedTime(foreign, longAgo);
        HoldFile.watch(file, "app-2", Hold.create()).close();
        assertThat(dead).doesNotExist();
        assertThat(young).exists();
        assertThat(foreign).exists();
    }

    @Test
    void directoryThatIsNotThereIsNamed() {
        Path nowhere = dir.resolve("nowhere/hold");
        assertThatThrownBy(() -> HoldFile.watch(nowhere, "app", hold))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(nowhere.toString());
        assertThatThrownBy(() -> HoldFile.watch(file, "a/b", hold)).hasMessageContaining("instance: found \"a/b\"");
    }
}
