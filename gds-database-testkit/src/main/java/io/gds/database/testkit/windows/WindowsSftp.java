package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.NetFailure;
import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * sftp-server.exe of a host: version 3 of the protocol over its files, with the rights of an account, and with what OpenSSH for Windows adds
 * and lacks. A file keeps its name when another one is to be renamed to it, but for posix-rename. Used by one thread.
 */
public final class WindowsSftp {
    private static final String PROGRAM = "C:\\Windows\\System32\\OpenSSH\\sftp-server.exe";
    private static final String POSIX_RENAME = "posix-rename@openssh.com";
    private static final int LARGEST_PACKET = 256 * 1024;
    private static final int LARGEST_READ = 64 * 1024;
    private static final int VERSION = 3;

    private static final int OK = 0;
    private static final int EOF = 1;
    private static final int NO_SUCH_FILE = 2;
    private static final int PERMISSION_DENIED = 3;
    private static final int FAILURE = 4;
    private static final int UNSUPPORTED = 8;

    private final WindowsHost host;
    private final HostProcess process;
    private final FileWork work;
    private final Map<String, FileHandle> handles = new HashMap<>();
    private int next;

    /** Serves the files of a host to an account, by name. */
    public WindowsSftp(WindowsHost host, String account) {
        this.host = host;
        this.work = host.work();
        HostProcess.Start start =
                new HostProcess.Start(PROGRAM, "", host.account(account), host.environment(), "C:\\", b -> {}, b -> {});
        this.process = host.processes().start((call, on) -> RunningProgram.NOTHING, start, 0);
    }

    /**
     * Answers until there are no more questions.
     *
     * @throws HostUnreachable when the host goes down meanwhile
     */
    public void serve(InputStream questions, OutputStream answers) throws IOException {
        DataInputStream in = new DataInputStream(questions);
        DataOutputStream out = new DataOutputStream(answers);
        try {
            while (true) {
                int length = in.readInt();
                if (length < 1 || length > LARGEST_PACKET) {
                    throw new IOException("a packet of " + length + " bytes");
                }
                byte[] packet = in.readNBytes(length);
                if (packet.length < length) {
                    return;
                }
                if (!host.isReachable() || !process.isAlive()) {
                    throw new HostUnreachable(host.name());
                }
                byte[] answer = answer(new SftpPacket(packet));
                out.writeInt(answer.length);
                out.write(answer);
                out.flush();
            }
        } catch (EOFException e) {
            return; // the session is over
        } finally {
            List<FileHandle> left = new ArrayList<>(handles.values());
            left.forEach(FileHandle::close);
            process.end(0);
        }
    }

    private byte[] answer(SftpPacket question) {
        int kind = question.type();
        if (kind == 1) {
            return new SftpPacket.Answer(2, VERSION)
                    .text(POSIX_RENAME)
                    .text("1")
                    .bytes();
        }
        int id = question.number();
        try {
            return switch (kind) {
                case 3 -> open(id, question);
                case 4 -> close(id, question);
                case 5 -> read(id, question);
                case 6 -> write(id, question);
                case 7, 17 -> stat(id, question.path());
                case 8 -> stat(id, handle(question).path());
                case 13 -> remove(id, question.path());
                case 14 -> folder(id, question.path());
                case 16 ->
                    new SftpPacket.Answer(104, id)
                            .number(1)
                            .name(question.path())
                            .bytes();
                case 18 -> rename(id, question.path(), question.path(), false);
                case 200 ->
                    question.text().equals(POSIX_RENAME)
                            ? rename(id, question.path(), question.path(), true)
                            : status(id, UNSUPPORTED, "Operation unsupported");
                default -> status(id, UNSUPPORTED, "Operation unsupported");
            };
        } catch (NetFailure refused) {
            String type = refused.exception().type();
            if (type.endsWith("NotFoundException")) {
                return status(id, NO_SUCH_FILE, "No such file");
            }
            return type.endsWith("UnauthorizedAccessException")
                    ? status(id, PERMISSION_DENIED, "Permission denied")
                    : status(id, FAILURE, "Failure");
        } catch (UnsupportedPowerShell e) {
            return status(id, FAILURE, "Failure");
        }
    }

    private static byte[] status(int id, int code, String text) {
        return new SftpPacket.Answer(101, id).number(code).text(text).text("").bytes();
    }

    private byte[] open(int id, SftpPacket question) {
        String path = question.path();
        int flags = question.number();
        if (question.number() != 0) {
            throw new AssertionError("attributes for " + path + ": it would not inherit the rights of its folder");
        }
        boolean writes = (flags & 2) != 0;
        boolean creates = (flags & 8) != 0;
        String mode =
                !creates ? "Open" : (flags & 32) != 0 ? "CreateNew" : (flags & 16) != 0 ? "Create" : "OpenOrCreate";
        FileHandle file = work.open(path, mode, (flags & 1) != 0, writes, writes ? "Read" : "ReadWrite", process);
        String name = "h" + next++;
        handles.put(name, file);
        return new SftpPacket.Answer(102, id).text(name).bytes();
    }

    private FileHandle handle(SftpPacket question) {
        FileHandle file = handles.get(question.text());
        if (file == null) {
            throw NetErrors.closed();
        }
        return file;
    }

    private byte[] close(int id, SftpPacket question) {
        String name = question.text();
        FileHandle file = handles.remove(name);
        if (file == null) {
            return status(id, FAILURE, "Failure");
        }
        file.close();
        return status(id, OK, "Success");
    }

    private byte[] read(int id, SftpPacket question) {
        FileHandle file = handle(question);
        file.position(question.large());
        byte[] bytes = new byte[Math.min(question.number(), LARGEST_READ)];
        int read = file.read(bytes, 0, bytes.length);
        return read == 0
                ? status(id, EOF, "End of file")
                : new SftpPacket.Answer(103, id).bytes(bytes, read).bytes();
    }

    private byte[] write(int id, SftpPacket question) {
        FileHandle file = handle(question);
        file.position(question.large());
        byte[] bytes = question.data();
        file.write(bytes, 0, bytes.length);
        return status(id, OK, "Success");
    }

    private byte[] stat(int id, String path) {
        FileNode node = host.files().node(path);
        if (node == null) {
            return status(id, NO_SUCH_FILE, "No such file");
        }
        work.check(path, process.account(), false);
        return new SftpPacket.Answer(105, id)
                .number(5)
                .large(node.length())
                .number(node.isDirectory() ? 0040777 : 0100666)
                .bytes();
    }

    private byte[] remove(int id, String path) {
        FileNode node = host.files().node(path);
        if (node == null || node.isDirectory()) {
            return status(id, node == null ? NO_SUCH_FILE : FAILURE, "Failure");
        }
        work.delete(path, process.account());
        return status(id, OK, "Success");
    }

    private byte[] folder(int id, String path) {
        if (host.files().exists(path)) {
            return status(id, FAILURE, "Failure");
        }
        if (!host.files().exists(Paths.parent(path))) {
            return status(id, NO_SUCH_FILE, "No such file");
        }
        work.directory(path, process.account());
        return status(id, OK, "Success");
    }

    private byte[] rename(int id, String from, String to, boolean replaces) {
        work.move(from, to, replaces, process.account());
        return status(id, OK, "Success");
    }
}
