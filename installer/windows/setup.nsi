; The setup program: per user, no rights asked, no network. Texts are the clerk's own.
Unicode true
Target amd64-unicode
!define APP "安监桌面"
!define ID "AnjianDesktop"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define MAIN "anjian-desktop.exe"

Name "${APP}"
BrandingText "${APP} ${VERSION}"
OutFile "${OUT}"
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${ID}"
InstallDirRegKey HKCU "Software\${ID}" "InstallDir"
ManifestDPIAware true
ManifestSupportedOS Win10
ManifestLongPathAware true
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${APP}"
VIAddVersionKey /LANG=2052 "FileDescription" "${APP} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

!include MUI2.nsh
!include x64.nsh
!include WinVer.nsh
!include LogicLib.nsh

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "安装${APP} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "只装给当前用户，不需要管理员权限，不需要联网。$\r$\n$\r$\n如果以前装过，会原位升级，已录入的数据保留不动；第一次打开时程序会先自动备份，再整理数据。$\r$\n$\r$\n请先关闭正在运行的${APP}，再点“下一步”。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${MAIN}"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${APP}"
!define MUI_FINISHPAGE_TEXT "${APP}已装好。$\r$\n$\r$\n桌面和开始菜单里有“${APP}”。数据存放在：$\r$\n$LOCALAPPDATA\${ID}\data"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将从这台电脑移除${APP}。已录入的数据不会删除，仍在：$LOCALAPPDATA\${ID}\data"
!define MUI_UNFINISHPAGE_NOAUTOCLOSE
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE RefuseDataFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

!ifdef SIGN
  !finalize '${SIGN} "%1"' = 0
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP|MB_OK "${APP}只能装在 64 位的 Windows 10（1809 及以后）或 Windows 11 上。这台电脑是 32 位系统，没有安装任何内容。" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP|MB_OK "${APP}需要 Windows 10（1809 及以后）或 Windows 11。这台电脑的系统太旧，没有安装任何内容。请换一台电脑，或请维护人员升级系统。" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  ${IfNot} ${AtLeastBuild} 17763
    MessageBox MB_ICONSTOP|MB_OK "${APP}需要 Windows 10 的 1809 版或更新。请先用“Windows 更新”升级系统，再运行本安装程序。没有安装任何内容。" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  ${If} ${Silent}
    Call RefuseDataFolder
  ${EndIf}
FunctionEnd

; A folder with data in it must never become the program's folder, whose files come and go.
Function RefuseDataFolder
  ${If} ${FileExists} "$INSTDIR\anjian.db"
  ${OrIf} ${FileExists} "$INSTDIR\backups\*.*"
  ${OrIf} "$INSTDIR" == "$LOCALAPPDATA\${ID}"
    MessageBox MB_ICONSTOP|MB_OK "这个文件夹里存放着数据，程序不能装在这里。请另选一个文件夹。" /SD IDOK
    ${If} ${Silent}
      SetErrorLevel 5
      Quit
    ${EndIf}
    Abort
  ${EndIf}
FunctionEnd

!macro DELETE_PROGRAM
  ; A running program holds a mutex and its own file: ask for it to be closed before anything is touched.
  try_again:
  ClearErrors
  System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w "AnjianDesktop.Running") p .r0'
  ${If} $0 <> 0
    System::Call 'kernel32::CloseHandle(p r0)'
    Goto in_use
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\${MAIN}"
    Delete "$INSTDIR\${MAIN}"
  ${EndIf}
  ${IfNot} ${Errors}
  ${AndIf} ${FileExists} "$INSTDIR\anjian.exe"
    Delete "$INSTDIR\anjian.exe"
  ${EndIf}
  ${If} ${Errors}
    in_use:
    MessageBox MB_ICONEXCLAMATION|MB_RETRYCANCEL "“${APP}”正在运行。请先关闭它的窗口（数据会自动保存），再点“重试”。" /SD IDCANCEL IDRETRY try_again
    SetErrorLevel 4
    Quit
  ${EndIf}
  RMDir /r "$INSTDIR\runtime"
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\licences"
!macroend

Section "program"
  ${If} ${FileExists} "$INSTDIR\${MAIN}"
  ${OrIf} ${FileExists} "$INSTDIR\runtime\*.*"
    !insertmacro DELETE_PROGRAM
  ${EndIf}
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${STAGE}/*.*"
  ${If} ${Errors}
    MessageBox MB_ICONSTOP|MB_OK "没有装完：磁盘空间不足，或文件被杀毒软件挡住。数据没有变化。请处理后重新运行安装程序。" /SD IDOK
    SetErrorLevel 6
    Quit
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "$SMPROGRAMS\${APP}"
  CreateShortcut "$SMPROGRAMS\${APP}\${APP}.lnk" "$INSTDIR\${MAIN}"
  CreateShortcut "$SMPROGRAMS\${APP}\卸载${APP}.lnk" "$INSTDIR\uninstall.exe"
  CreateShortcut "$DESKTOP\${APP}.lnk" "$INSTDIR\${MAIN}"
  WriteRegStr HKCU "Software\${ID}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "安监桌面项目"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${MAIN}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${INSTALLED_KB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  !insertmacro DELETE_PROGRAM
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${APP}\${APP}.lnk"
  Delete "$SMPROGRAMS\${APP}\卸载${APP}.lnk"
  RMDir "$SMPROGRAMS\${APP}"
  Delete "$DESKTOP\${APP}.lnk"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "Software\${ID}"
  MessageBox MB_ICONINFORMATION|MB_OK "${APP}已移除。数据没有删除，仍在：$\r$\n$LOCALAPPDATA\${ID}\data$\r$\n$\r$\n重新安装后会继续使用这些数据。" /SD IDOK
SectionEnd
