; How a newer program takes the place of an older one: whole, or not at all.
;
;   $INSTDIR      the program; whole until the last step
;   $INSTDIR.new  the new one, while it is brought and proven; becomes $INSTDIR
;   $INSTDIR.old  the one before, between two renames; is put back where the second fails, or by the next setup.exe where
;                 it never came: broken off between the two, no program starts until setup.exe was started again
;   $INSTDIR.kept what else lay in the program's folder and is not ours; nothing deletes it

!define RENAME_TRIES 20 ; ten seconds: a scanner holds new files for a moment
!define BROKEN 3 ; exit code of the program for files that are not as they were made

!macro CLOSED_AND_FORGOTTEN un
Function ${un}IsOpen ; file -> 1 or 0: a running program keeps its file from being opened for writing, in every account
  Exch $0
  ${If} ${FileExists} "$0"
    ClearErrors
    FileOpen $0 "$0" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $0
      StrCpy $0 0
    ${EndIf}
  ${Else}
    StrCpy $0 0
  ${EndIf}
  Exch $0
FunctionEnd

Function ${un}AnyOpen ; folder of a program -> 1 or 0
  Exch $1
  Push "$1\${PROGRAM}"
  Call ${un}IsOpen
  Pop $2
  Push "$1\${COMMAND}"
  Call ${un}IsOpen
  Pop $1
  IntOp $1 $1 | $2
  Exch $1
FunctionEnd

Function ${un}ForgetOld ; of the program before, what is ours; the rest gets a name of its own
  RMDir /r "${OLD}\_internal"
  Delete "${OLD}\${PROGRAM}"
  Delete "${OLD}\${COMMAND}"
  Delete "${OLD}\${LISTING}"
  Delete "${OLD}\uninstall.exe"
  StrCpy $R1 "${OLD}"
  Call ${un}KeepAside
FunctionEnd

Function ${un}KeepAside ; folder $R1, under a name that is free; an empty one is nothing to keep
  RMDir "$R1"
  StrCpy $0 "$INSTDIR.kept"
  ${For} $1 1 99
    ${IfNot} ${FileExists} "$R1\*"
      ${ExitFor}
    ${EndIf}
    Rename "$R1" "$0"
    StrCpy $0 "$INSTDIR.kept-$1"
  ${Next}
FunctionEnd
!macroend
!insertmacro CLOSED_AND_FORGOTTEN ""
!insertmacro CLOSED_AND_FORGOTTEN "un."

Function RequireClosed
  ${Do}
    Push "$INSTDIR"
    Call AnyOpen
    Pop $R0
    ${If} $OwnCopy != ""
      Push "$OwnCopy"
      Call AnyOpen
      Pop $R1
      IntOp $R0 $R0 | $R1
    ${EndIf}
    ${If} $R0 == 0
      ${ExitDo}
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(CLOSE_FIRST)" /SD IDCANCEL IDCANCEL`
      Call LeaveAsItWas
    ${EndIf}
  ${Loop}
FunctionEnd

Function un.RequireClosed
  ${Do}
    Push "$INSTDIR"
    Call un.AnyOpen
    Pop $R0
    ${If} $R0 == 0
      ${ExitDo}
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(CLOSE_FIRST)" /SD IDCANCEL IDCANCEL`
      SetErrorLevel 1
      Abort
    ${EndIf}
  ${Loop}
FunctionEnd

Function LeaveAsItWas ; ends the installation; the program that was there is there
  Call TakeNewAway
  SetErrorLevel 1
  Abort
FunctionEnd

Function .onInstFailed ; NSIS ends by itself where it cannot write a file; the disk may be full
  Call TakeNewAway
FunctionEnd

Function TakeNewAway
  SetOutPath "$TEMP"
  Call PutOldBack
  ${If} $R0 == 1
    RMDir /r "${NEW}"
  ${EndIf}
FunctionEnd

Function PutOldBack ; where the program is gone or no more than a rest; $R0 is 0 where only ${OLD} has it in the end
  ${If} ${FileExists} "${OLD}\${PROGRAM}"
  ${AndIf} ${FileExists} "$INSTDIR\*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${PROGRAM}"
    StrCpy $R1 "$INSTDIR"
    Call KeepAside
  ${EndIf}
  ${If} ${FileExists} "${OLD}\*"
  ${AndIfNot} ${FileExists} "$INSTDIR\*"
    StrCpy $R1 "${OLD}"
    StrCpy $R2 "$INSTDIR"
    Call RenamePatiently
  ${EndIf}
  StrCpy $R0 1
  ${If} ${FileExists} "${OLD}\${PROGRAM}"
  ${AndIfNot} ${FileExists} "$INSTDIR\${PROGRAM}"
    StrCpy $R0 0
  ${EndIf}
FunctionEnd

Function ClearBrokenOff ; what a power cut left of an earlier try
  RMDir /r "${NEW}"
  Call PutOldBack
FunctionEnd

Function BringNew ; beside the installed one; it must be whole on the disk, and start, before anything else changes
  SetOutPath "${NEW}"
  ClearErrors
  File /r "${BUNDLE}/*"
  WriteUninstaller "${NEW}\uninstall.exe"
  SetOutPath "$TEMP"
  Call PutOnDisk
  nsExec::ExecToLog '"${NEW}\${COMMAND}" check --program'
  Pop $0
  ${If} $0 != 0
    MessageBox MB_OK|MB_ICONSTOP "$(NEW_DAMAGED)" /SD IDOK
    Call LeaveAsItWas
  ${EndIf}
FunctionEnd

Function PutOnDisk ; a rename can be on the disk before the content of what is renamed
  FileOpen $0 "${NEW}\${LISTING}" r
  ${Do}
    ClearErrors
    FileRead $0 $1
    ${If} ${Errors}
      ${ExitDo}
    ${EndIf}
    ${TrimNewLines} $1 $1
    StrCpy $1 $1 "" 66 ; after the sum and two spaces
    StrCpy $1 "${NEW}\$1"
    Call FlushFile
  ${Loop}
  FileClose $0
  StrCpy $1 "${NEW}\${LISTING}"
  Call FlushFile
  StrCpy $1 "${NEW}\uninstall.exe" ; stands in no list
  Call FlushFile
FunctionEnd

Function FlushFile ; $1
  System::Call 'kernel32::CreateFileW(w r1, i 0xC0000000, i 7, p 0, i 3, i 0, p 0) p .r2'
  ${If} $2 P<> -1
    System::Call 'kernel32::FlushFileBuffers(p r2)'
    System::Call 'kernel32::CloseHandle(p r2)'
  ${EndIf}
FunctionEnd

Function LookAtInstalled ; by the new program; what an update repaired is told at the end
  ${IfNot} ${FileExists} "$INSTDIR\*"
    Return
  ${EndIf}
  nsExec::ExecToLog '"${NEW}\${COMMAND}" check --program "$INSTDIR"'
  Pop $0
  ${If} $0 == ${BROKEN}
    StrCpy $WasDamaged 1
    DetailPrint "$(WAS_DAMAGED)"
  ${EndIf}
FunctionEnd

Function SwitchOver ; ${OLD} is forgotten only while another program is whole
  ${Do}
    Call RequireClosed
    Call PutOldBack
    ${If} $R0 == 1
      ${If} ${FileExists} "$INSTDIR\*"
        Call ForgetOld
        StrCpy $R1 "$INSTDIR"
        StrCpy $R2 "${OLD}"
        Call RenamePatiently
      ${EndIf}
      ${If} $R0 == 1
        StrCpy $R1 "${NEW}"
        StrCpy $R2 "$INSTDIR"
        Call RenamePatiently
        ${If} $R0 == 1
          ${ExitDo}
        ${EndIf}
      ${EndIf}
      Call PutOldBack
    ${EndIf}
    Call AskToTryAgain
  ${Loop}
  Call ForgetOld
FunctionEnd

Function AskToTryAgain ; $R0 as of PutOldBack
  StrCpy $R5 "$(FOLDER_IN_USE)"
  ${If} $R0 == 0
    StrCpy $R5 "$(NO_PROGRAM_NOW)"
  ${EndIf}
  ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$R5" /SD IDCANCEL IDCANCEL`
    Call LeaveAsItWas
  ${EndIf}
FunctionEnd

Function RenamePatiently ; $R1 to $R2; $R0 is 1 where it was done
  StrCpy $R0 0
  ${For} $R3 1 ${RENAME_TRIES}
    Push $R1
    Call AnyOpen ; whether Windows itself refuses to rename a folder in which a program runs is not proven
    Pop $R4
    ${If} $R4 == 0
      ClearErrors
      Rename "$R1" "$R2"
      ${IfNot} ${Errors}
        StrCpy $R0 1
        ${ExitFor}
      ${EndIf}
    ${EndIf}
    Sleep 500
  ${Next}
FunctionEnd
