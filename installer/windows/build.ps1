<#
.SYNOPSIS
    Builds setup.exe on Windows, without internet.

.DESCRIPTION
    Needs, from a USB stick: Python 3.12 for 64 bits (python.org), NSIS 3.08 or newer, this folder of the project, and the
    wheelhouse that `make package-windows` leaves in build\windows\wheelhouse. The wheels are taken only where their
    SHA-256 is the one of requirements.lock. The result is dist\windows\TLBB-Desktop-<version>-setup.exe and its SHA-256.

.EXAMPLE
    powershell -ExecutionPolicy Bypass -File installer\windows\build.ps1 -Wheelhouse D:\wheelhouse
#>
param(
    [Parameter(Mandatory = $true)] [string] $Wheelhouse,
    [string] $Makensis = "${env:ProgramFiles(x86)}\NSIS\makensis.exe"
)

Set-StrictMode -Version 2
$ErrorActionPreference = "Stop"
$Root = (Resolve-Path "$PSScriptRoot\..\..").Path
$Environment = "$Root\build\windows\environment"
$Python = "$Environment\Scripts\python.exe"

function Invoke-Step([string] $What, [string] $Program, [string[]] $Arguments) {
    Write-Host "$What ..."
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$What failed with exit code $LASTEXITCODE." }
}

if (-not (Test-Path "$Wheelhouse\requirements-windows.txt")) { throw "There is no wheelhouse in $Wheelhouse." }
if (-not (Test-Path $Makensis)) { throw "NSIS is missing. Install it, or name it: -Makensis C:\...\makensis.exe" }

Set-Location $Root
Invoke-Step "Environment" "py" @("-3.12", "-m", "venv", "--clear", $Environment)
Invoke-Step "Wheels" $Python @(
    "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--find-links", $Wheelhouse,
    "--require-hashes", "--no-deps", "--requirement", "$Wheelhouse\requirements-windows.txt"
)
Invoke-Step "Generated files and the program's name" $Python @(
    "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-build-isolation",
    "--editable", "."
)
Invoke-Step "Program and setup.exe" $Python @("installer\windows\native.py", "--wheelhouse", $Wheelhouse, "--makensis", $Makensis)
