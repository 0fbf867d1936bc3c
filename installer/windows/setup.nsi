; setup.exe: puts the frozen program on a laptop, brings a newer one over an older one, takes it away again.
; Built by setup_program.py, which gives VERSION, BUNDLE, ART, OUTPUT, SIZE_KB and, for the trial under Wine, TARGET.
;
; The record is not a matter of this file: it lies in %ProgramData%\TLBB Desktop, and neither an update nor an
; uninstallation touches anything there, but that an update makes a backup beside it.
;
; The program that is installed stays whole until the new one lies beside it, was proven and the record was backed up;
; then folders are renamed (switching.nsh). A laptop needs one program (one_program.nsh).

Unicode true
!ifdef TARGET
  Target ${TARGET}
!endif
ManifestDPIAware true
ManifestSupportedOS Win10
SetCompressor /SOLID ${COMPRESSOR}
!if ${COMPRESSOR} == lzma
  SetCompressorDictSize 64
!endif

!define NAME "TLBB Desktop"
!define PROGRAM "tlbb-desktop.exe"
!define COMMAND "tlbb-desktop-command.exe"
!define LISTING "files.sha256"
!define UNINSTALLED_BY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define OLDEST_BUILD 17763 ; Windows 10 1809: the oldest that Qt 6 runs on
!define ROOM_MEGABYTES 1024
!define NEW "$INSTDIR.new"
!define OLD "$INSTDIR.old"
!define KHMER 1107
!define EVERYBODY_KNOWN_HERE "*S-1-5-11:(OI)(CI)M" ; authenticated users may write to it and to all that will lie inside

!define MULTIUSER_MUI
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "${NAME}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${UNINSTALLED_BY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${UNINSTALLED_BY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallLocation"

!include MUI2.nsh
!include MultiUser.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh
!include FileFunc.nsh
!include TextFunc.nsh
!include WordFunc.nsh
!include nsDialogs.nsh

Var RoomMegabytes
Var OldVersion ; "" where nothing is installed
Var OwnCopy ; folder of a copy of this account only, where this installation is for all; or ""
Var OwnCopyStays ; 1 where a part of it could not be removed
Var OtherCopies ; folders of copies in other accounts, each after a break of line; or ""
Var WasDamaged ; 1 where the installed program was not whole
Var BackupCode
Var StartedFrom ; the folder of the uninstall.exe that was started
Var RecordFolder
Var HasKhmerKeyboard
Var KeyboardLine
Var KeyboardAdvice
Var KeyboardButton
Var FinishText

Name "${NAME}"
OutFile "${OUTPUT}"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define MUI_ICON "${ART}\app.ico"
!define MUI_UNICON "${ART}\app.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${ART}\side.bmp"
!define MUI_LANGDLL_WINDOWTITLE "${NAME}"
!define MUI_LANGDLL_INFO "ភាសា · Language"
!define MUI_LANGDLL_ALLLANGUAGES
!define MUI_LANGDLL_ALWAYSSHOW
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_TEXT "$FinishText"
!define MUI_FINISHPAGE_TEXT_LARGE
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram

; An update shows none of the pages that ask
Page custom ShowNeeds LeaveNeeds
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipInUpdate
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_INSTFILES
!define MUI_PAGE_CUSTOMFUNCTION_PRE ChooseFinishText
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGEEX "languages" "Khmer" ; first: what Windows has no better words for is said in it
!insertmacro MUI_LANGUAGE "English"
!insertmacro LANGFILE_INCLUDE "languages/words-Khmer.nsh"
!insertmacro LANGFILE_INCLUDE "languages/words-English.nsh"

VIProductVersion "${VERSION}.0"
!macro DESCRIBE language
  VIAddVersionKey /LANG=${language} "ProductName" "${NAME}"
  VIAddVersionKey /LANG=${language} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${language} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${language} "FileDescription" "${NAME} ${VERSION} setup"
  VIAddVersionKey /LANG=${language} "CompanyName" "This Life Beyond Bars"
  VIAddVersionKey /LANG=${language} "LegalCopyright" "This Life Beyond Bars"
!macroend
!insertmacro DESCRIBE ${KHMER}
!insertmacro DESCRIBE 1033

!include "one_program.nsh"

; ---- before the first page

Function .onInit
  ${If} ${RunningX64}
    SetRegView 64
  ${EndIf}
  StrCpy $LANGUAGE ${KHMER}
  !insertmacro MULTIUSER_INIT
  Call FindInstalled
  ${If} $OldVersion == ""
    !insertmacro MUI_LANGDLL_DISPLAY
  ${Else}
    Call SpeakAsInstalled
  ${EndIf}
  Call RequireLaptop
  Call RequireOneProgram
  Call RequireNotNewer
FunctionEnd

Function SpeakAsInstalled
  ReadRegStr $0 SHCTX "${UNINSTALLED_BY}" "InstallerLanguage"
  ${If} $0 == ""
    ReadRegStr $0 HKCU "${UNINSTALLED_BY}" "InstallerLanguage"
  ${EndIf}
  ${If} $0 != ""
    StrCpy $LANGUAGE $0
  ${EndIf}
FunctionEnd

Function RequireLaptop
  ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD} ; the numbers of builds only grow, from Windows 7 to 11
    MessageBox MB_OK|MB_ICONSTOP "$(OLD_WINDOWS)" /SD IDOK
    SetErrorLevel 10
    Quit
  ${EndIf}
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(NOT_64_BITS)" /SD IDOK
    SetErrorLevel 11
    Quit
  ${EndIf}
  ${GetRoot} "$INSTDIR" $0
  ClearErrors
  ${DriveSpace} "$0\" "/D=F /S=M" $RoomMegabytes
  ${IfNot} ${Errors} ; where Windows does not tell, the copied files will
  ${AndIf} $RoomMegabytes < ${ROOM_MEGABYTES}
    MessageBox MB_OK|MB_ICONSTOP "$(NO_ROOM)" /SD IDOK
    SetErrorLevel 12
    Quit
  ${EndIf}
FunctionEnd

Function RequireNotNewer
  ${If} $OldVersion != ""
    ${VersionCompare} "$OldVersion" "${VERSION}" $0
    ${If} $0 == 1
      MessageBox MB_OK|MB_ICONSTOP "$(NEWER_INSTALLED)" /SD IDOK
      SetErrorLevel 14
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

; ---- the page of what the laptop needs

Function ShowNeeds
  Call SkipInUpdate
  !insertmacro MUI_HEADER_TEXT "$(NEEDS_TITLE)" "$(NEEDS_SUBTITLE)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 14u "$(NEEDS_WINDOWS)"
  Pop $0
  ${NSD_CreateLabel} 0 16u 100% 14u "$(NEEDS_ROOM)"
  Pop $0
  ${NSD_CreateLabel} 0 32u 100% 14u ""
  Pop $KeyboardLine
  ${NSD_CreateLabel} 14u 48u -14u 60u "$(KEYBOARD_ADVICE)"
  Pop $KeyboardAdvice
  ${NSD_CreateButton} 14u 112u 160u 17u "$(KEYBOARD_OPEN)"
  Pop $KeyboardButton
  ${NSD_OnClick} $KeyboardButton OpenLanguages
  ${NSD_CreateButton} 180u 112u 90u 17u "$(KEYBOARD_AGAIN)"
  Pop $0
  ${NSD_OnClick} $0 LookAgain
  Call TellKeyboard
  nsDialogs::Show
FunctionEnd

Function LeaveNeeds ; a missing keyboard is told and keeps nobody out
FunctionEnd

Function SkipInUpdate
  ${If} $OldVersion != ""
    Abort
  ${EndIf}
FunctionEnd

Function OpenLanguages
  Pop $0
  ExecShell "open" "ms-settings:regionlanguage"
FunctionEnd

Function LookAgain
  Pop $0
  Call TellKeyboard
FunctionEnd

Function TellKeyboard
  Call FindKhmerKeyboard
  ${If} $HasKhmerKeyboard == 1
    ${NSD_SetText} $KeyboardLine "$(KEYBOARD_FOUND)"
    ShowWindow $KeyboardAdvice ${SW_HIDE}
  ${Else}
    ${NSD_SetText} $KeyboardLine "$(KEYBOARD_MISSING)"
    ShowWindow $KeyboardAdvice ${SW_SHOW}
  ${EndIf}
FunctionEnd

Function FindKhmerKeyboard ; the layouts of this account; the last four digits of each are its language, 0453 is Khmer
  StrCpy $HasKhmerKeyboard 0
  StrCpy $0 0
  ${Do}
    EnumRegValue $1 HKCU "Keyboard Layout\Preload" $0
    ${If} $1 == ""
      ${ExitDo}
    ${EndIf}
    ReadRegStr $2 HKCU "Keyboard Layout\Preload" $1
    StrCpy $2 $2 "" -4
    ${If} $2 == "0453"
      StrCpy $HasKhmerKeyboard 1
    ${EndIf}
    IntOp $0 $0 + 1
  ${Loop}
FunctionEnd

; ---- installing

!include "switching.nsh"

Function BackUpFirst ; by the new program, as the installed one may be damaged; needs no passphrase, and no record
  DetailPrint "$(BACKING_UP)"
  nsExec::ExecToLog '"${NEW}\${COMMAND}" backup copy'
  Pop $BackupCode
  ${If} $BackupCode != 0
    ${If} $BackupCode == ${BROKEN}
    ${OrIf} $WasDamaged == 1
    ${OrIf} $OldVersion == ""
      Call AskToGoOn
    ${Else}
      MessageBox MB_OK|MB_ICONSTOP "$(BACKUP_FAILED)" /SD IDOK
      Call LeaveAsItWas
    ${EndIf}
  ${EndIf}
  DetailPrint "$(INSTALLING)"
FunctionEnd

Function AskToGoOn ; without a whole program nobody can put a record right that could not be backed up
  ReadEnvStr $RecordFolder "ProgramData"
  StrCpy $RecordFolder "$RecordFolder\${NAME}"
  ${IfNot} ${Cmd} `MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONEXCLAMATION "$(WITHOUT_BACKUP)" /SD IDNO IDYES`
    Call LeaveAsItWas
  ${EndIf}
FunctionEnd

Section
  Call RequireClosed
  Call ClearBrokenOff
  Call BringNew
  Call LookAtInstalled
  Call BackUpFirst
  Call SwitchOver
  SetOutPath "$INSTDIR" ; where the shortcuts begin
  Call OpenRecordFolder
  Call AddToWindows
  Call RemoveOwnCopy
  Call SayOtherCopies
SectionEnd

Function OpenRecordFolder ; where the laptop's accounts share one record; only whoever may install for all can open it
  ${If} $MultiUser.InstallMode == "AllUsers"
    CreateDirectory "$APPDATA\${NAME}"
    nsExec::Exec '"$SYSDIR\icacls.exe" "$APPDATA\${NAME}" /grant "${EVERYBODY_KNOWN_HERE}" /Q'
    Pop $0
  ${EndIf}
FunctionEnd

Function AddToWindows
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\${PROGRAM}" 0 SW_SHOWNORMAL "" "$(MENU_HINT)"
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\${PROGRAM}" 0 SW_SHOWNORMAL "" "$(MENU_HINT)"
  WriteRegStr SHCTX "${UNINSTALLED_BY}" "DisplayName" "${NAME}"
  ${If} $MultiUser.InstallMode == "CurrentUser"
    WriteRegStr SHCTX "${UNINSTALLED_BY}" "DisplayName" "${NAME} ($(THIS_ACCOUNT_ONLY))"
  ${EndIf}
  WriteRegStr SHCTX "${UNINSTALLED_BY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALLED_BY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr SHCTX "${UNINSTALLED_BY}" "Publisher" "This Life Beyond Bars"
  WriteRegStr SHCTX "${UNINSTALLED_BY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALLED_BY}" "InstallerLanguage" "$LANGUAGE"
  WriteRegStr SHCTX "${UNINSTALLED_BY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegDWORD SHCTX "${UNINSTALLED_BY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD SHCTX "${UNINSTALLED_BY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALLED_BY}" "NoRepair" 1
FunctionEnd

Function ChooseFinishText
  StrCpy $FinishText "$(FINISH_TEXT)"
  ${If} $OldVersion != ""
    StrCpy $FinishText "$(UPDATED_TEXT)"
    ${If} $BackupCode == 0
      StrCpy $FinishText "$FinishText $(BACKED_UP)"
    ${EndIf}
  ${EndIf}
  ${If} $WasDamaged == 1
    StrCpy $FinishText "$FinishText$\r$\n$\r$\n$(WAS_DAMAGED)"
  ${EndIf}
  Call SayOneProgram
FunctionEnd

Function StartProgram ; by the desktop, so that it does not run with the rights of the installer
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\${PROGRAM}"'
FunctionEnd

; ---- taking it away

Function un.onInit
  SetRegView 64
  StrCpy $LANGUAGE ${KHMER}
  StrCpy $StartedFrom $INSTDIR
  !insertmacro MULTIUSER_UNINIT
  Call un.TakeAwayWhatWasStarted
  ReadRegStr $0 SHCTX "${UNINSTALLED_BY}" "InstallerLanguage"
  ${If} $0 != ""
    StrCpy $LANGUAGE $0
  ${EndIf}
FunctionEnd

Function un.TakeAwayWhatWasStarted ; MultiUser.nsh goes by the account's rights, and would take the other installation
  ReadRegStr $0 HKLM "${UNINSTALLED_BY}" "InstallLocation"
  ${If} $StartedFrom == $0
  ${OrIf} $StartedFrom == "$PROGRAMFILES64\${NAME}"
    ${If} $MultiUser.InstallMode != "AllUsers"
      MessageBox MB_OK|MB_ICONSTOP "$(REMOVE_AS_ADMINISTRATOR)" /SD IDOK
      SetErrorLevel 1
      Quit
    ${EndIf}
  ${Else}
    Call un.MultiUser.InstallMode.CurrentUser
  ${EndIf}
  StrCpy $INSTDIR $StartedFrom
FunctionEnd

Section "Uninstall"
  Call un.RequireClosed
  RMDir /r "${NEW}"
  Call un.ForgetOld
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${COMMAND}"
  Delete "$INSTDIR\${LISTING}"
  ${If} ${FileExists} "$INSTDIR\_internal"
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(STILL_THERE)" /SD IDOK
    SetErrorLevel 1
    Abort
  ${EndIf}
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegKey SHCTX "${UNINSTALLED_BY}"
  ReadEnvStr $RecordFolder "ProgramData"
  StrCpy $RecordFolder "$RecordFolder\${NAME}"
  ${If} ${FileExists} "$RecordFolder\*"
    MessageBox MB_OK|MB_ICONINFORMATION "$(RECORD_KEPT)" /SD IDOK
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR.kept\*"
    MessageBox MB_OK|MB_ICONINFORMATION "$(OTHERS_KEPT)" /SD IDOK
  ${EndIf}
SectionEnd
