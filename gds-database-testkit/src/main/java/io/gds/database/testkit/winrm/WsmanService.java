package io.gds.database.testkit.winrm;

import io.gds.database.testkit.winrm.RunningCommand.Wish;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.w3c.dom.Element;

/** Does the operations of the remote shell. Thread-safe. */
final class WsmanService {
    /** Left of an answer's size for everything but output. */
    private static final int ENVELOPE = 4096;

    private static final int US_CODE_PAGE = 437;
    private static final String SIGNAL = Names.SHELL + "/signal/";

    private final CommandHost host;
    private final Shells shells;
    private final Limits limits;
    private final boolean signedExitCodes;
    private final List<String> commandLines = new ArrayList<>();
    private volatile int piece = Integer.MAX_VALUE;

    WsmanService(CommandHost host, Shells shells, Limits limits, boolean signedExitCodes) {
        this.host = host;
        this.shells = shells;
        this.limits = limits;
        this.signedExitCodes = signedExitCodes;
    }

    void outputInPieces(int bytes) {
        piece = bytes;
    }

    List<String> commandLines() {
        synchronized (commandLines) {
            return List.copyOf(commandLines);
        }
    }

    /**
     * The body of the answer.
     *
     * @throws WsmanFaultException when it is not done
     */
    String handle(Operation operation, WsmanMessage request, String account, BooleanSupplier connected)
            throws InterruptedException {
        if (!request.resource().equals(Names.CMD)) {
            throw new WsmanFaultException(WsmanFault.UNKNOWN_RESOURCE);
        }
        return switch (operation) {
            case CREATE -> create(request, account, connected);
            case COMMAND -> command(request, shells.find(request.shellId(), account));
            case SEND -> send(request, shells.find(request.shellId(), account));
            case RECEIVE -> receive(request, shells.find(request.shellId(), account), connected);
            case SIGNAL -> signal(request, shells.find(request.shellId(), account));
            case DELETE -> {
                shells.delete(request.shellId(), account);
                yield "";
            }
        };
    }

    private String create(WsmanMessage request, String account, BooleanSupplier connected) {
        Element wanted = request.body("Shell");
        Map<String, String> environment = new LinkedHashMap<>();
        Xml.child(wanted, Names.SHELL, "Environment").ifPresent(e -> Xml.children(e, Names.SHELL, "Variable")
                .forEach(v -> environment.put(Xml.attribute(v, "Name"), v.getTextContent())));
        Optional<String> directory =
                Optional.of(Xml.text(wanted, Names.SHELL, "WorkingDirectory")).filter(d -> !d.isEmpty());
        Shell shell = new Shell(account, environment, directory, codePage(request));
        shells.add(shell, connected);
        return "<x:ResourceCreated><a:Address>" + Xml.escape(request.to()) + "</a:Address><a:ReferenceParameters>"
                + "<w:ResourceURI>" + Names.CMD + "</w:ResourceURI><w:SelectorSet><w:Selector Name=\"ShellId\">"
                + shell.id() + "</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated>"
                + "<rsp:Shell><rsp:ShellId>" + shell.id() + "</rsp:ShellId><rsp:ResourceUri>" + Names.CMD
                + "</rsp:ResourceUri><rsp:Owner>" + Xml.escape(account) + "</rsp:Owner>"
                + "<rsp:IdleTimeOut>PT7200.000S</rsp:IdleTimeOut><rsp:InputStreams>stdin</rsp:InputStreams>"
                + "<rsp:OutputStreams>stdout stderr</rsp:OutputStreams></rsp:Shell>";
    }

    private static int codePage(WsmanMessage request) {
        try {
            return Integer.parseInt(request.options().getOrDefault("WINRS_CODEPAGE", "" + US_CODE_PAGE));
        } catch (NumberFormatException e) {
            throw new WsmanFaultException(WsmanFault.INVALID_PARAMETER);
        }
    }

    private String command(WsmanMessage request, Shell shell) {
        Element asked = request.body("CommandLine");
        List<String> words = new ArrayList<>();
        Xml.children(asked, Names.SHELL, "Command").forEach(e -> words.add(e.getTextContent()));
        Xml.children(asked, Names.SHELL, "Arguments").forEach(e -> words.add(e.getTextContent()));
        String line = String.join(" ", words);
        if (line.isBlank()) {
            throw new WsmanFaultException(WsmanFault.INVALID_PARAMETER);
        }
        shells.checkOperations(shell.account());
        RunningCommand command = new RunningCommand(host.start(shell.command(line)));
        synchronized (commandLines) {
            commandLines.add(line);
        }
        return "<rsp:CommandResponse><rsp:CommandId>" + shell.add(command) + "</rsp:CommandId></rsp:CommandResponse>";
    }

    private static String send(WsmanMessage request, Shell shell) {
        for (Element stream : Xml.children(request.body("Send"), Names.SHELL, "Stream")) {
            RunningCommand command = shell.find(Xml.attribute(stream, "CommandId"));
            if (!Xml.attribute(stream, "Name").equals("stdin")) {
                throw new WsmanFaultException(WsmanFault.INVALID_PARAMETER);
            }
            String end = Xml.attribute(stream, "End");
            command.input(decode(stream.getTextContent()), end.equals("true") || end.equals("1"));
        }
        return "<rsp:SendResponse/>";
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new WsmanFaultException(WsmanFault.INVALID_PARAMETER);
        }
    }

    private String receive(WsmanMessage request, Shell shell, BooleanSupplier connected) throws InterruptedException {
        Element desired = Xml.child(request.body("Receive"), Names.SHELL, "DesiredStream")
                .orElseThrow(() -> new WsmanFaultException(WsmanFault.INVALID_PARAMETER));
        List<String> streams = List.of(desired.getTextContent().strip().split("\\s+"));
        String id = Xml.attribute(desired, "CommandId");
        Output output = shell.find(id)
                .receive(new Wish(
                        streams.contains("stdout"),
                        streams.contains("stderr"),
                        most(request.maxEnvelopeSize()),
                        request.operationTimeout(),
                        connected));
        return answer(id, output);
    }

    /** How much output fits into an answer, whose bytes grow by a third. */
    private int most(int envelope) {
        int room = Math.min(envelope, limits.maxEnvelopeSize()) - ENVELOPE;
        return Math.min(piece, Math.max(1, room / 4 * 3));
    }

    private String answer(String id, Output output) {
        StringBuilder body = new StringBuilder("<rsp:ReceiveResponse>");
        stream(body, "stdout", id, output.stdout());
        stream(body, "stderr", id, output.stderr());
        OptionalInt code = output.exitCode();
        String state = Names.SHELL + "/CommandState/" + (code.isPresent() ? "Done" : "Running");
        if (code.isPresent()) {
            for (String name : List.of("stdout", "stderr")) {
                body.append("<rsp:Stream Name=\"")
                        .append(name)
                        .append("\" CommandId=\"")
                        .append(Xml.escape(id));
                body.append("\" End=\"true\"></rsp:Stream>");
            }
        }
        body.append("<rsp:CommandState CommandId=\"")
                .append(Xml.escape(id))
                .append("\" State=\"")
                .append(state);
        body.append("\">");
        code.ifPresent(c -> body.append("<rsp:ExitCode>").append(number(c)).append("</rsp:ExitCode>"));
        return body.append("</rsp:CommandState></rsp:ReceiveResponse>").toString();
    }

    private static void stream(StringBuilder body, String name, String id, byte[] bytes) {
        if (bytes.length > 0) {
            body.append("<rsp:Stream Name=\"")
                    .append(name)
                    .append("\" CommandId=\"")
                    .append(Xml.escape(id));
            body.append("\">").append(Base64.getEncoder().encodeToString(bytes)).append("</rsp:Stream>");
        }
    }

    private String number(int exitCode) {
        return signedExitCodes ? Integer.toString(exitCode) : Integer.toUnsignedString(exitCode);
    }

    private static String signal(WsmanMessage request, Shell shell) {
        Element signal = request.body("Signal");
        String id = Xml.attribute(signal, "CommandId");
        switch (Xml.text(signal, Names.SHELL, "Code")) {
            case SIGNAL + "terminate" -> shell.terminate(id);
            case SIGNAL + "ctrl_c", SIGNAL + "ctrl_break" -> shell.find(id).interrupt();
            default -> throw new WsmanFaultException(WsmanFault.INVALID_PARAMETER);
        }
        return "<rsp:SignalResponse/>";
    }
}
