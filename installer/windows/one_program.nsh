; "This computer" and "only me" open the same record, so that a laptop needs one program, or copies of one version.
;
; Found is what Windows lists for all and for this account, and the usual folders of the other accounts, as far as this
; account may look into them.

!define PROFILES "SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList"
!define ONLY_ME_FOLDER "AppData\Local\Programs\${NAME}"

Function FindInstalled ; the newest version of what this installation takes the place of
  ReadRegStr $OldVersion SHCTX "${UNINSTALLED_BY}" "DisplayVersion"
  ${IfNot} ${FileExists} "$INSTDIR\*"
  ${AndIfNot} ${FileExists} "${OLD}\*"
    StrCpy $OldVersion ""
  ${EndIf}
  ${If} $MultiUser.InstallMode == "AllUsers"
    Call FindOwnCopy
  ${EndIf}
  Call FindOtherCopies
FunctionEnd

Function FindOwnCopy
  ReadRegStr $OwnCopy HKCU "${UNINSTALLED_BY}" "InstallLocation"
  ReadRegStr $0 HKCU "${UNINSTALLED_BY}" "DisplayVersion"
  ${If} $OwnCopy == $INSTDIR
    StrCpy $OwnCopy ""
  ${ElseIf} $OwnCopy != ""
  ${AndIfNot} ${FileExists} "$OwnCopy\*"
  ${AndIfNot} ${FileExists} "$OwnCopy.old\*" ; where an update of it was broken off
    StrCpy $OwnCopy ""
  ${EndIf}
  ${If} $OwnCopy == ""
    Return
  ${EndIf}
  ${If} $OldVersion == ""
    StrCpy $OldVersion $0
  ${Else}
    ${VersionCompare} "$0" "$OldVersion" $1
    ${If} $1 == 1
      StrCpy $OldVersion $0
    ${EndIf}
  ${EndIf}
FunctionEnd

Function FindOtherCopies
  StrCpy $0 0
  ${Do}
    EnumRegKey $1 HKLM "${PROFILES}" $0
    ${If} $1 == ""
      ${ExitDo}
    ${EndIf}
    ReadRegStr $2 HKLM "${PROFILES}\$1" "ProfileImagePath"
    ExpandEnvStrings $2 $2
    StrCpy $2 "$2\${ONLY_ME_FOLDER}"
    ${If} ${FileExists} "$2\${PROGRAM}"
    ${AndIf} $2 != $OwnCopy
    ${AndIf} $2 != $INSTDIR
      StrCpy $OtherCopies "$OtherCopies$\r$\n$2"
    ${EndIf}
    IntOp $0 $0 + 1
  ${Loop}
FunctionEnd

Function RequireOneProgram ; whoever may not change what is installed for all would get a second program beside it
  ${If} $MultiUser.InstallMode == "CurrentUser"
    ReadRegStr $0 HKLM "${UNINSTALLED_BY}" "DisplayVersion"
    ReadRegStr $1 HKLM "${UNINSTALLED_BY}" "InstallLocation"
    StrCpy $2 0
    ${If} ${FileExists} "$1\*"
    ${OrIf} ${FileExists} "$1.old\*"
      StrCpy $2 1
    ${EndIf}
    ${If} $0 != ""
    ${AndIf} $2 == 1
      ${If} $OldVersion == ""
        MessageBox MB_OK|MB_ICONSTOP "$(INSTALLED_FOR_ALL)" /SD IDOK
      ${Else}
        MessageBox MB_OK|MB_ICONSTOP "$(INSTALLED_TWICE)" /SD IDOK
      ${EndIf}
      SetErrorLevel 13
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Function RemoveOwnCopy ; the program for all has taken its place; the record is the same
  ${If} $OwnCopy != ""
    RMDir /r "$OwnCopy.new"
    RMDir /r "$OwnCopy.old"
    RMDir /r "$OwnCopy\_internal"
    Delete "$OwnCopy\${PROGRAM}"
    Delete "$OwnCopy\${COMMAND}"
    Delete "$OwnCopy\${LISTING}"
    ${If} ${FileExists} "$OwnCopy\_internal\*"
      StrCpy $OwnCopyStays 1 ; its uninstall.exe and its line in Windows are still needed
      Return
    ${EndIf}
    Delete "$OwnCopy\uninstall.exe"
    RMDir "$OwnCopy"
    SetShellVarContext current
    Delete "$SMPROGRAMS\${NAME}.lnk"
    Delete "$DESKTOP\${NAME}.lnk"
    DeleteRegKey HKCU "${UNINSTALLED_BY}"
    SetShellVarContext all
  ${EndIf}
FunctionEnd

Function SayOneProgram ; at the end; the page has room for a few lines, and none for folders
  ${If} $OwnCopyStays == 1
    StrCpy $FinishText "$FinishText$\r$\n$\r$\n$(OWN_COPY_STAYS)"
  ${ElseIf} $OwnCopy != ""
    StrCpy $FinishText "$FinishText$\r$\n$\r$\n$(ONE_FOR_ALL)"
  ${ElseIf} $MultiUser.InstallMode == "CurrentUser"
    StrCpy $FinishText "$FinishText$\r$\n$\r$\n$(ONLY_THIS_ACCOUNT)"
  ${EndIf}
FunctionEnd

Function SayOtherCopies
  ${If} $OtherCopies != ""
  ${AndIf} $MultiUser.InstallMode == "AllUsers"
    MessageBox MB_OK|MB_ICONINFORMATION "$(OTHER_COPIES)" /SD IDOK
  ${EndIf}
FunctionEnd
