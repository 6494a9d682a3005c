# Installs planmaker @VERSION@ for this user, as .local\bin\planmaker.exe in the user's folder, and replaces an older one there. Only
# this script uses the network; planmaker never does.

# In a function, so that a script that arrives in part does nothing.
function Install-Planmaker {
    $ErrorActionPreference = 'Stop'
    # The progress bar makes downloads many times slower in PowerShell 5.
    $ProgressPreference = 'SilentlyContinue'
    $version = '@VERSION@'
    $downloads = '@DOWNLOADS@'
    $name = "planmaker-$version-x86_64-pc-windows-gnu"
    $bin = Join-Path $HOME '.local\bin'
    $installed = Join-Path $bin 'planmaker.exe'
    # Next to its destination, because only there is moving it a single step.
    $new = Join-Path $bin '.planmaker.new.exe'
    $folder = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
    New-Item -ItemType Directory $folder | Out-Null
    try {
        foreach ($file in 'SHA256SUMS', "$name.zip") {
            Invoke-WebRequest -UseBasicParsing "$downloads/$file" -OutFile (Join-Path $folder $file)
        }
        $line = Get-Content (Join-Path $folder 'SHA256SUMS') | Where-Object { $_.EndsWith("  $name.zip") }
        if (-not $line) { throw "SHA256SUMS does not name $name.zip" }
        # -ne ignores case, in which the two differ.
        if ((Get-FileHash -Algorithm SHA256 (Join-Path $folder "$name.zip")).Hash -ne $line.Split(' ')[0]) {
            throw 'the download is damaged or not complete'
        }
        Expand-Archive (Join-Path $folder "$name.zip") $folder
        $program = Join-Path $folder "$name\planmaker.exe"
        if ((& $program --version) -ne "planmaker $version") { throw 'the program does not run here' }

        New-Item -ItemType Directory -Force $bin | Out-Null
        Copy-Item $program $new -Force
        # Move-Item would first remove the old one.
        if (Test-Path $installed) {
            [IO.File]::Replace($new, $installed, [NullString]::Value)
        } else {
            Move-Item $new $installed
        }
    } catch {
        throw "planmaker is not installed: $_"
    } finally {
        Remove-Item -Recurse -Force $folder, $new -ErrorAction SilentlyContinue
    }
    $path = [Environment]::GetEnvironmentVariable('Path', 'User')
    if (($path -split ';') -notcontains $bin) {
        [Environment]::SetEnvironmentVariable('Path', (($path, $bin | Where-Object { $_ }) -join ';'), 'User')
        Write-Output 'Open a new window, so that it knows the command planmaker.'
    }
    Write-Output "planmaker $version is installed: $installed"
}

Install-Planmaker
