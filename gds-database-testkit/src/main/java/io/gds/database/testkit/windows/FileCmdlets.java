package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.Cmdlet;
import io.gds.database.testkit.powershell.CmdletCall;
import io.gds.database.testkit.powershell.Commands;
import io.gds.database.testkit.powershell.NetType;
import io.gds.database.testkit.powershell.Parameter;
import io.gds.database.testkit.powershell.PsEnum;
import io.gds.database.testkit.powershell.PsObject;
import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Commands that look into files: contents, hash, signature, owner. */
final class FileCmdlets {
    private final ScriptHost scripts;
    private final WindowsHost host;

    private FileCmdlets(ScriptHost scripts) {
        this.scripts = scripts;
        this.host = scripts.windows();
    }

    static void addTo(Commands commands, ScriptHost scripts) {
        FileCmdlets c = new FileCmdlets(scripts);
        commands.add(Cmdlet.named("Get-Content")
                .takes(ItemCmdlets.paths())
                .takes(
                        Parameter.of("Tail", "int").alias("Last"),
                        Parameter.of("TotalCount", "int").alias("First").alias("Head"),
                        Parameter.flag("Raw"))
                .knows(
                        "ReadCount",
                        "Filter",
                        "Include",
                        "Exclude",
                        "Force",
                        "Credential",
                        "UseTransaction",
                        "Delimiter",
                        "Wait",
                        "Encoding",
                        "Stream")
                .either("Path", "LiteralPath")
                .does(call -> c.each(call, node -> c.content(call, node))));
        commands.add(Cmdlet.named("Get-FileHash")
                .takes(ItemCmdlets.paths())
                .takes(Parameter.of("Algorithm", "string").oneOf("SHA256"))
                .knows("InputStream")
                .either("Path", "LiteralPath")
                .does(call -> c.each(call, node -> c.hash(call, node))));
        commands.add(Cmdlet.named("Get-AuthenticodeSignature")
                .takes(
                        Parameter.of("FilePath", "string[]").at(0).piped().needed(),
                        Parameter.of("LiteralPath", "string[]").alias("PSPath").needed())
                .knows("SourcePathOrExtension", "Content")
                .either("FilePath", "LiteralPath")
                .does(call -> c.each(call, node -> c.signature(call, node))));
        commands.add(Cmdlet.named("Get-Acl")
                .takes(ItemCmdlets.paths())
                .knows(
                        "InputObject",
                        "Audit",
                        "AllCentralAccessPolicies",
                        "Filter",
                        "Include",
                        "Exclude",
                        "UseTransaction")
                .either("Path", "LiteralPath")
                .does(call -> c.each(call, node -> c.acl(call, node))));
    }

    private void each(CmdletCall call, Consumer<FileNode> work) {
        List<String> paths = call.texts("LiteralPath");
        for (String path : paths.isEmpty() ? concat(call) : paths) {
            call.each(() -> {
                ProviderPath p = ProviderPath.withoutWildcards(path, scripts);
                FileNode node = p.registry() ? null : host.files().node(p.path());
                if (p.registry()) {
                    throw new UnsupportedPowerShell("this command for the registry");
                }
                if (node == null) {
                    throw NetErrors.noPath(p.path());
                }
                work.accept(node);
            });
        }
    }

    private static List<String> concat(CmdletCall call) {
        return call.has("Path") ? call.texts("Path") : call.texts("FilePath");
    }

    private void content(CmdletCall call, FileNode node) {
        String text = new String(host.work().read(node.path, scripts.process().account()), StandardCharsets.UTF_8);
        if (call.flag("Raw")) {
            call.write(text);
            return;
        }
        List<String> lines = text.lines().toList();
        int from = call.has("Tail") ? Math.max(0, lines.size() - call.integer("Tail", 0)) : 0;
        int to = call.has("TotalCount") ? Math.min(lines.size(), call.integer("TotalCount", 0)) : lines.size();
        lines.subList(Math.min(from, to), to).forEach(call::write);
    }

    private void hash(CmdletCall call, FileNode node) {
        HostFile file = node.file;
        if (file == null) {
            return;
        }
        host.work().check(node.path, scripts.process().account(), false);
        if (host.faults().isLocked(node.path)) {
            throw NetErrors.inUse(node.path);
        }
        call.write(PsObject.net("Microsoft.PowerShell.Commands.FileHash")
                .with("Algorithm", "SHA256")
                .with("Hash", file.sha256())
                .with("Path", node.path));
    }

    private void signature(CmdletCall call, FileNode node) {
        HostFile.Signature s = node.file == null ? HostFile.Signature.NONE : node.file.signature();
        PsObject certificate = s.subject().isEmpty()
                ? null
                : PsObject.net("System.Security.Cryptography.X509Certificates.X509Certificate2")
                        .with("Subject", s.subject());
        call.write(PsObject.net("System.Management.Automation.Signature")
                .with(
                        "Status",
                        new PsEnum(
                                "System.Management.Automation.SignatureStatus",
                                s.status().text(),
                                s.status().number()))
                .with("SignerCertificate", certificate)
                .with("Path", node.path));
    }

    private void acl(CmdletCall call, FileNode node) {
        call.write(PsObject.net(
                        node.isDirectory()
                                ? "System.Security.AccessControl.DirectorySecurity"
                                : "System.Security.AccessControl.FileSecurity")
                .method("GetOwner", a -> {
                    NetType as = a.exactly(1).type(0);
                    if (!as.name().equals(SecurityTypes.SID)) {
                        throw new UnsupportedPowerShell("GetOwner as " + as.name());
                    }
                    return SecurityTypes.sid(node.owner);
                }));
    }
}
