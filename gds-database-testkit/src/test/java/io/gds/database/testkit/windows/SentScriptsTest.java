package io.gds.database.testkit.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scripts of the product that are sent as they are, before there is anything on the host. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SentScriptsTest {
    private static final String FOLDER = "C:\\ProgramData\\gds";

    private final Hosts bench = new Hosts();
    private final WindowsHost host = bench.host;

    @AfterEach
    void nothingWasUnknown() {
        assertThat(host.unsupported()).isEmpty();
    }

    private Hosts.Result folder(String path) {
        return bench.script("$path = '" + path + "'\n" + Hosts.product("folder.ps1"));
    }

    private Hosts.Result piece(byte[] bytes, long at, String hash) {
        return bench.script("$path = '" + FOLDER + "\\f.txt'\n$part = '" + FOLDER + "\\f.part'\n$at = " + at
                + "\n$piece = '" + Base64.getEncoder().encodeToString(bytes) + "'\n$hash = '" + hash + "'\n"
                + Hosts.product("piece.ps1"));
    }

    private Hosts.Result read(String path) {
        return bench.script("$path = '" + path + "'\n" + Hosts.product("read.ps1"));
    }

    private static String hash(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void theFolderIsMadeForAdministratorsOnly() {
        host.files().remove(FOLDER);
        assertThat(folder(FOLDER).code()).isZero();
        assertThat(host.files().acl(FOLDER))
                .isEqualTo(new Acl(false, Map.of("S-1-5-18", "F", Account.ADMINISTRATORS, "F")));
        assertThat(folder(FOLDER).code()).as("made already").isZero();
    }

    /** The session that made it died before it had set the rights. */
    @Test
    void aFolderThatWasLeftHalfMadeGetsItsRights() {
        host.files().remove(FOLDER).directory(FOLDER, Account.ADMINISTRATORS);
        assertThat(folder(FOLDER).code()).isZero();
        assertThat(host.files().acl(FOLDER))
                .isEqualTo(new Acl(false, Map.of("S-1-5-18", "F", Account.ADMINISTRATORS, "F")));
    }

    @Test
    void nobodyElseMayWriteIntoTheFolder() {
        host.files().remove(FOLDER);
        folder(FOLDER);
        host.account(new Account("SQL01\\kim", "S-1-5-21-1-2-3-1001", false));
        Hosts.Result r = Hosts.result(
                host.run(Hosts.encoded("[IO.File]::WriteAllText('" + FOLDER + "\\x.ps1', 'x')"), "kim", Map.of()));
        assertThat(r.code()).isEqualTo(1);
        assertThat(r.err()).contains("Access to the path '" + FOLDER + "\\x.ps1' is denied.");
        assertThat(host.files().exists(FOLDER + "\\x.ps1")).isFalse();
    }

    @Test
    void aFolderOfSomebodyElseIsNotTrusted() {
        host.files().remove(FOLDER).directory(FOLDER, "S-1-5-21-1-2-3-1001");
        assertThat(folder(FOLDER).code()).isEqualTo(4);
    }

    @Test
    void aFileArrivesInPiecesAndEachMayComeTwice() throws NoSuchAlgorithmException {
        byte[] all = "the quick brown fox".getBytes(StandardCharsets.UTF_8);
        assertThat(piece(Arrays.copyOfRange(all, 0, 10), 0, "").code()).isZero();
        assertThat(piece(Arrays.copyOfRange(all, 0, 10), 0, "").code()).isZero();
        assertThat(host.files().exists(FOLDER + "\\f.txt")).isFalse();
        assertThat(piece(Arrays.copyOfRange(all, 10, all.length), 10, hash(all)).code())
                .isZero();
        assertThat(host.files().text(FOLDER + "\\f.txt")).isEqualTo("the quick brown fox");
        assertThat(host.files().exists(FOLDER + "\\f.part")).isFalse();
    }

    @Test
    void aPieceThatLeavesAGapIsRefused() {
        assertThat(piece(new byte[] {1}, 5, "").code()).isEqualTo(3);
    }

    @Test
    void aFileThatCameWrongIsRefused() throws NoSuchAlgorithmException {
        assertThat(piece(new byte[] {1, 2}, 0, hash(new byte[] {1, 3})).code()).isEqualTo(4);
        assertThat(host.files().exists(FOLDER + "\\f.txt")).isFalse();
    }

    @Test
    void aNewFileTakesThePlaceOfTheOldOne() throws NoSuchAlgorithmException {
        host.files().put(FOLDER + "\\f.txt", HostFile.text("old"));
        byte[] bytes = {'n', 'e', 'w'};
        assertThat(piece(bytes, 0, hash(bytes)).code()).isZero();
        assertThat(host.files().text(FOLDER + "\\f.txt")).isEqualTo("new");
    }

    @Test
    void aFullDiskFailsWithTheRealTextAndClosesTheFile() {
        host.faults().full("C:", true);
        Hosts.Result r = piece(new byte[] {1, 2, 3}, 0, "");
        assertThat(r.code()).isEqualTo(1);
        assertThat(r.err()).startsWith("#< CLIXML\r\n<Objs Version=\"1.1.0.1\"");
        assertThat(r.err())
                .contains("Exception calling &quot;Write&quot; with &quot;3&quot; argument(s)")
                .contains("There is not enough space on the disk.");
        host.faults().full("C:", false);
        assertThat(piece(new byte[] {1, 2, 3}, 0, "").code()).isZero();
    }

    @Test
    void aFileThatSomebodyHoldsIsASharingViolation() {
        host.faults().locked(FOLDER + "\\f.part", true);
        Hosts.Result r = piece(new byte[] {1}, 0, "");
        assertThat(r.code()).isEqualTo(1);
        assertThat(r.err())
                .contains("The process cannot access the file '" + FOLDER
                        + "\\f.part' because it is being used by another " + "process.");
    }

    @Test
    void anAntivirusThatTakesThePieceAwayIsSeen() throws NoSuchAlgorithmException {
        host.faults().quarantines("f.part", true);
        byte[] bytes = {'x'};
        Hosts.Result r = piece(bytes, 0, hash(bytes));
        assertThat(r.code()).isEqualTo(1);
        assertThat(r.err()).contains("Cannot find path '" + FOLDER + "\\f.part' because it does not exist.");
    }

    @Test
    void aSmallFileIsReadInBase64() {
        host.files().put("C:\\a.txt", HostFile.text("h\u00e4"));
        Hosts.Result r = read("C:\\a.txt");
        assertThat(r.code()).isZero();
        assertThat(r.out()).isEqualTo("aMOk\r\n");
        assertThat(read("C:\\none.txt").code()).isEqualTo(2);
        assertThat(read("C:\\Windows").code()).isEqualTo(2);
        host.files().put("D:\\large.bin", HostFile.declared(1_048_577, Hosts.HASH));
        assertThat(read("D:\\large.bin").code()).isEqualTo(5);
    }
}
